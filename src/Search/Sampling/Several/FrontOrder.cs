using FashionSweep.Search.Fronts;

namespace FashionSweep.Search.Sampling.Several;

/// <summary>
/// Trials of several objectives in an order: by layers of fronts, and in a layer first those that leave most behind them that no other of it does (Ozaki,
/// Tanigaki, Watanabe and Onishi, "Multiobjective tree-structured Parzen estimator for computationally expensive optimization problems", GECCO 2020, section
/// 4).
/// </summary>
internal static class FrontOrder
{
    // What a layer's least comes short of the next layer's most.
    private const double Step = 1e-3;

    /// <summary>The same trials, those with a result by their place in the order instead of their losses.</summary>
    /// <param name="enough">Beyond so many the order is only that of one more layer.</param>
    public static List<Observation> Of(IReadOnlyList<Observation> trials, int enough)
    {
        List<Observation> known = [.. trials.Where(trial => trial.Losses?.All(double.IsFinite) == true)];
        if (known.Count == 0) return [.. trials];
        List<double[]> points = [.. known.Select(trial => trial.Losses!.ToArray())];
        var (layers, box) = (ParetoFront.Layers(points, enough), Hypervolume.Around(points));
        var places = new Dictionary<int, double>();
        foreach (var layer in Enumerable.Range(0, known.Count).GroupBy(trial => layers[trial]))
        {
            var all = layer.Count() <= enough ? box.ShareOf(layer.Select(trial => points[trial])) : 0;
            foreach (var trial in layer)
            {
                var alone = layer.Count() <= enough ? all - box.ShareOf(layer.Where(other => other != trial).Select(other => points[other])) : 0;
                places[known[trial].Number] = layer.Key - alone * (1 - Step);
            }
        }
        return [.. trials.Select(trial => trial.Losses is null ? trial : trial with { Loss = places.GetValueOrDefault(trial.Number, double.NaN) })];
    }
}
