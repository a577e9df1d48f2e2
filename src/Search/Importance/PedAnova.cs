namespace FashionSweep.Search.Importance;

/// <summary>
/// PED-ANOVA: how far the best points' distribution over a parameter is from that of all, by the Pearson divergence. Watanabe, Bansal, Hutter,
/// "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces", IJCAI 2023, equation 11, of the space that was searched.
/// What was pruned or diverged counts among all, and never among the best. A parameter that does nothing in some of the best counts by the share of the others.
/// </summary>
internal static class PedAnova
{
    /// <summary>The best tenth, as the paper has it.</summary>
    private const double BestShare = 0.1;

    private const int FewestBest = 3;

    /// <summary>How many points count as the best.</summary>
    public static int BestOf(int points) => Math.Max(FewestBest, (int)Math.Ceiling(BestShare * points));

    /// <returns>Of each parameter its share of all divergences, together 1; all 0 where nothing diverges.</returns>
    public static IReadOnlyList<double> Of(TriedPoints tried)
    {
        var best = tried.Points.Where(point => point.Value is not null).OrderBy(point => tried.Objective.CostOf(point.Value!.Value))
            .Take(BestOf(tried.Points.Count)).ToList();
        List<double> divergences = [.. tried.Parameters.Select((parameter, index) => Divergence(parameter, index, best, tried.Points))];
        var sum = divergences.Sum();
        return sum > 0 ? [.. divergences.Select(divergence => divergence / sum)] : divergences;
    }

    private static double Divergence(BinnedParameter parameter, int index, List<TriedPoint> best, IReadOnlyList<TriedPoint> all)
    {
        var (ofBest, ofAll) = (DensityOf(parameter, index, best), DensityOf(parameter, index, all));
        // What does nothing in most of the best sets few of them apart, be these alike.
        var atWork = best.Count(point => point.Bins[index] != TriedPoint.Idle) / (double)best.Count;
        return atWork * ofBest.Zip(ofAll, (top, any) => any > 0 ? any * Square((top / any) - 1) : 0).Sum();
    }

    // A kernel on each point that has the parameter at work, and one that is as wide as the space.
    private static double[] DensityOf(BinnedParameter parameter, int index, IReadOnlyList<TriedPoint> points)
    {
        List<int> bins = [.. points.Select(point => point.Bins[index]).Where(bin => bin != TriedPoint.Idle)];
        var density = parameter.Weights.ToArray();
        var places = PlacesOf(parameter);
        var width = parameter.IsOrdered ? WidthOf([.. bins.Select(bin => places[bin])], 1.0 / parameter.Bins) : 0;
        foreach (var bin in bins)
        {
            if (!parameter.IsOrdered)
            {
                density[bin]++;
                continue;
            }
            double[] kernel = [.. places.Zip(parameter.Weights, (place, weight) => weight * Math.Exp(-0.5 * Square((place - places[bin]) / width)))];
            var sum = kernel.Sum();
            if (sum > 0) for (var at = 0; at < kernel.Length; at++) density[at] += kernel[at] / sum;
            else density[bin]++;
        }
        return [.. density.Select(mass => mass / (bins.Count + 1))];
    }

    // The middle of each bin on the search space from 0 to 1.
    private static double[] PlacesOf(BinnedParameter parameter)
    {
        var below = 0.0;
        return [.. parameter.Weights.Select(weight => (below += weight) - (weight / 2))];
    }

    // Scott's rule, as the paper has it, and not below a bin.
    private static double WidthOf(double[] places, double least)
    {
        if (places.Length < 2) return least;
        var mean = places.Average();
        var deviation = Math.Sqrt(places.Sum(place => Square(place - mean)) / (places.Length - 1));
        return Math.Max(least / 2, 1.059 * deviation * Math.Pow(places.Length, -0.2));
    }

    private static double Square(double value) => value * value;
}
