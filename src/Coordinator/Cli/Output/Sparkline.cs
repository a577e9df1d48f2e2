namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Counts side by side, a character each, as high as they are; in a file or a pipe in ASCII.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Letters = "_.:-=+*#";

    /// <summary>What there is none of is left blank.</summary>
    public static string Of(IReadOnlyList<int> counts, bool interactive)
    {
        var (most, heights) = (counts.Max(), interactive ? Blocks : Letters);
        return string.Concat(counts.Select(count => count == 0 ? ' ' : heights[(int)Math.Ceiling((double)count / most * heights.Length) - 1]));
    }
}
