using FashionSweep.Search.Space;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Results;

/// <summary>How sure it is that the first of a leaderboard is better than those behind it.</summary>
/// <param name="Rivals">So many of the others may be as good, by chance alone.</param>
/// <param name="PValue">How probable it is that the first and the second, were they alike, came out so far apart, 0 to 1.</param>
public sealed record FirstPlace(RankedConfiguration First, RankedConfiguration Second, Evidence By, int Rivals, double PValue)
{
    /// <summary>What is less probable than this is no chance: the habit of the field.</summary>
    public const double Significant = 0.05;

    public bool IsSure => Rivals == 0;

    /// <returns>Null while fewer than two configurations are ranked.</returns>
    public static FirstPlace? Of(Leaderboard board)
    {
        var ranked = board.Configurations.Where(row => row.Rank is not null).OrderBy(row => row.Rank!.Value).ToList();
        if (ranked.Count < 2) return null;
        var (first, others) = (ranked[0], ranked.Skip(1));
        // Repeats tell how much a seed changes; images alone do not.
        var by = ranked.TrueForAll(row => row.Completed.Count > 1) ? Evidence.Repeats : Evidence.TestImages;
        var one = TestAccuracyOf(first);
        double PValueOf(RankedConfiguration other) => by == Evidence.Repeats ? OfRepeats(first, other) : OfTestImages(one, TestAccuracyOf(other));
        return new FirstPlace(first, ranked[1], by, others.Count(other => PValueOf(other) >= Significant), PValueOf(ranked[1]));
    }

    // Welch, "The generalization of Student's problem when several different population variances are involved", Biometrika 34, 1947; one-sided,
    // as who comes first by the repeats can't be the worse by them.
    private static double OfRepeats(RankedConfiguration first, RankedConfiguration other)
    {
        double[] ones = Figures(first), others = Figures(other);
        var (a, b) = (VarianceOf(ones) / ones.Length, VarianceOf(others) / others.Length);
        var apart = first.Objective.CostOf(others.Average()) - first.Objective.CostOf(ones.Average());
        if (a + b == 0) return apart > 0 ? 0 : 1;
        var freedom = (a + b) * (a + b) / ((a * a / (ones.Length - 1)) + (b * b / (others.Length - 1)));
        var t = apart / Math.Sqrt(a + b);
        var tail = IncompleteBeta.Regularized(freedom / 2, 0.5, freedom / (freedom + (t * t))) / 2;
        return t > 0 ? tail : 1 - tail;
    }

    // Two shares of as many images: the score test of two binomials. They are the same images, so that it is slower to be sure than compare is.
    private static double OfTestImages(double one, double another)
    {
        var images = (double)DatasetFile.TestLabels.ItemBytes;
        var together = (one + another) / 2;
        var deviation = Math.Sqrt(2 * together * (1 - together) / images);
        if (deviation == 0) return 1;
        return 1 - NormalCurve.Cumulative((one - another) / deviation);
    }

    private static double TestAccuracyOf(RankedConfiguration row) => row.Best!.Result!.Test.Accuracy;

    private static double[] Figures(RankedConfiguration row) => [.. row.Completed.Select(trial => TrialFields.ValueOf(trial, row.Objective)!.Value)];

    private static double VarianceOf(double[] figures)
    {
        var mean = figures.Average();
        return figures.Sum(figure => (figure - mean) * (figure - mean)) / (figures.Length - 1);
    }
}

/// <summary>What a first place rests on.</summary>
public enum Evidence
{
    /// <summary>The repeats of each configuration, by Welch's t-test.</summary>
    Repeats,

    /// <summary>The test accuracies as shares of the test images.</summary>
    TestImages,
}
