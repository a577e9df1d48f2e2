using FashionSweep.Coordinator.Results;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>Eight steps of colour by rank, the last for the best: their colours are in the style.</summary>
internal static class ReportColours
{
    private const int Steps = 8;

    /// <summary>The class of a configuration, as <c>v7</c>.</summary>
    /// <param name="ranked">How many have a rank.</param>
    public static string Of(RankedConfiguration row, int ranked) => row.Rank is { } rank
        ? $"v{Steps - 1 - Math.Min(Steps - 1, (rank - 1) * Steps / Math.Max(1, ranked))}"
        : "v0";
}
