using System.Text.RegularExpressions;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Takes out of texts what only their writer should have known: faults quote addresses and headers.</summary>
internal static partial class Redaction
{
    private const int MaxLength = 2000;

    /// <summary>The text without passwords and tokens, and not without end.</summary>
    public static string Of(string text)
    {
        var kept = text.Length > MaxLength ? $"{text.AsSpan(0, MaxLength)}…" : text;
        // Most texts have neither, and are asked that alone.
        if (kept.Contains("://", StringComparison.Ordinal)) kept = UserInfoPattern().Replace(kept, "://***@");
        return kept.Contains("bearer ", StringComparison.OrdinalIgnoreCase) ? BearerPattern().Replace(kept, "$1***") : kept;
    }

    [GeneratedRegex(@"://[^/\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfoPattern();

    [GeneratedRegex(@"(bearer )\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BearerPattern();
}
