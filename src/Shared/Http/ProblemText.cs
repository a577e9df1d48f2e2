using System.Text.Json;

namespace FashionSweep.Shared.Http;

/// <summary>What a coordinator says of a request that it turned down, as problem details (RFC 9457).</summary>
public static class ProblemText
{
    public const string ContentType = "application/problem+json";

    /// <param name="body">Of the answer.</param>
    /// <returns>Null where it holds none: whatever stands between may answer in words of its own.</returns>
    public static string? In(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var problem = JsonDocument.ParseValue(ref reader);
            return problem.RootElement.GetProperty("detail").GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
