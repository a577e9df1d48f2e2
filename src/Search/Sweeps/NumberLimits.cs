using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>The least and the greatest number that a hyperparameter takes, and what its rule leaves of a distribution.</summary>
internal sealed record NumberLimits(double Min, double Max, bool MinExcluded, bool MaxExcluded, bool Whole)
{
    // Less than this of a distribution is left by mistake.
    private const double LeastMass = 1e-6;

    /// <returns>Null where the rule is not of numbers.</returns>
    public static NumberLimits? Of(ValueRule rule) => rule switch
    {
        ValueRule.WholeNumber whole => new NumberLimits(whole.Min, whole.Max, false, false, Whole: true),
        ValueRule.Number number => new NumberLimits(number.Min, number.Max, number.MinExcluded, number.MaxExcluded, Whole: false),
        _ => null,
    };

    /// <summary>Whether a number may be the end of a range: an excluded end may too, for no draw is exactly there.</summary>
    public bool AllowsEnd(double number) => number >= Min - Slack(Min) && number <= Max + Slack(Max);

    /// <returns>Null where next to nothing of the distribution is within the limits.</returns>
    public SearchDomain.RealRange? Continuous(Distribution distribution)
    {
        var (least, greatest) = (MinExcluded ? Math.BitIncrement(Min) : Min, MaxExcluded ? Math.BitDecrement(Max) : Max);
        if (distribution.Min >= least && distribution.Max <= greatest) return new SearchDomain.RealRange(distribution);
        var truncated = new Distribution.Truncated(distribution, least, greatest);
        return truncated.Mass < LeastMass ? null : new SearchDomain.RealRange(truncated);
    }

    /// <param name="within">A multiple is within the distribution's ends besides: what is nearest to one may lie beyond it.</param>
    /// <returns>Null where no multiple, or next to nothing of the distribution, is within the limits.</returns>
    public SearchDomain.SteppedRange? Stepped(Distribution distribution, double quantum, bool within = false)
    {
        if (Continuous(distribution) is not { Distribution: var left }) return null;
        var (least, greatest) = within
            ? (Math.Ceiling(left.Min / quantum - StepSlack), Math.Floor(left.Max / quantum + StepSlack))
            : (Math.Round(left.Min / quantum), Math.Round(left.Max / quantum));
        var first = Math.Max(least, MinExcluded ? Math.Floor(Min / quantum) + 1 : Math.Ceiling(Min / quantum));
        var last = Math.Min(greatest, MaxExcluded ? Math.Ceiling(Max / quantum) - 1 : Math.Floor(Max / quantum));
        const double Farthest = SearchDomain.SteppedRange.FarthestStep;
        return first > last || first > Farthest || last < -Farthest ? null
            : new SearchDomain.SteppedRange(left, quantum, (long)Math.Max(first, -Farthest), (long)Math.Min(last, Farthest), Whole);
    }

    // 0.3 / 0.1 is a little less than 3.
    private const double StepSlack = 1e-9;

    // An exponent such as log(65536), written with a few digits, comes out beside the limit.
    private static double Slack(double limit) => double.IsFinite(limit) ? 1e-9 * Math.Abs(limit) : 0;
}
