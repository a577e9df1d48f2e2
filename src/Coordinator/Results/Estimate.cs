using FashionSweep.Search.Sweeps;

namespace FashionSweep.Coordinator.Results;

/// <summary>One figure of several repeats.</summary>
/// <param name="Spread">The sample standard deviation; null of a single repeat.</param>
public readonly record struct Estimate(double Value, double? Spread)
{
    /// <param name="figures">At least one.</param>
    /// <param name="isHighBetter">Which of them is the worst.</param>
    public static Estimate Of(IReadOnlyList<double> figures, Aggregate aggregate = Aggregate.Mean, bool isHighBetter = false)
    {
        if (figures.Count == 1) return new Estimate(figures[0], null);
        if (figures.Any(double.IsNaN)) return new Estimate(double.NaN, double.NaN);
        // What is aggregated are losses: of an accuracy the worst is the lowest.
        var sign = isHighBetter ? -1 : 1;
        return new Estimate(sign * aggregate.Of([.. figures.Select(figure => sign * figure)]), SpreadOf(figures));
    }

    private static double SpreadOf(IReadOnlyList<double> figures)
    {
        var mean = figures.Average();
        return Math.Sqrt(figures.Sum(figure => (figure - mean) * (figure - mean)) / (figures.Count - 1));
    }
}
