using System.Net.Http.Headers;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>
/// The first view of a dashboard, asked for once while a browser starts. First answers take a second of the processor: their code is compiled, and the
/// sweep is read.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Asks as the page does. Nobody needs what it is answered, so no fault counts.</summary>
    /// <param name="options">By which it listens; over TLS nothing is asked, since its certificate need not be one for this machine.</param>
    /// <param name="sweep">The one that is most likely looked at; null: there is none.</param>
    public static async Task AskAsync(Uri address, WebOptions options, string? sweep)
    {
        if (options.Certificate is not null) return;
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (options.Token is { } token) client.DefaultRequestHeaders.Authorization = token.ToHeader();
        try
        {
            foreach (var question in Questions(sweep)) (await client.GetAsync(question)).Dispose();
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
        }
    }

    private static IEnumerable<string> Questions(string? sweep)
    {
        yield return "/";
        yield return "/assets/page.js";
        yield return "/v1/dashboard/sweeps";
        if (sweep is null) yield break;
        var name = Uri.EscapeDataString(sweep);
        yield return $"/v1/dashboard/sweep?sweep={name}";
        yield return $"/v1/dashboard/trials?sweep={name}";
    }
}
