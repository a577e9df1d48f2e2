using System.Text.Json;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Reads refusals, and holds them to RFC 9457.</summary>
internal static class Problems
{
    public static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe((int)response.StatusCode);
        problem.RootElement.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
