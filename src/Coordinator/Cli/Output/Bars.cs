namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Shares as bars, in eighths of a character; in a file or a pipe in ASCII.</summary>
internal static class Bars
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";

    /// <param name="share">0 to 1.</param>
    /// <param name="width">Of a whole, in characters.</param>
    public static string Of(double share, int width, bool interactive)
    {
        if (!interactive) return new string('#', (int)Math.Round(share * width));
        var (whole, rest) = Math.DivRem((int)Math.Round(share * width * 8), 8);
        return new string(Eighths[8], whole) + (rest == 0 ? "" : Eighths[rest]);
    }
}
