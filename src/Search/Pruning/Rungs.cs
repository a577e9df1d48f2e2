namespace FashionSweep.Search.Pruning;

/// <summary>The epochs at which successive halving compares trials: whole numbers in rising order, reckoned without logarithms.</summary>
public static class Rungs
{
    public static IReadOnlyList<int> Of(PrunerSpec.Asha asha) => Up(asha.MinIter, asha.Eta, asha.MaxIter);

    public static IReadOnlyList<int> Of(PrunerSpec.Hyperband hyperband)
    {
        var most = hyperband.S ?? int.MaxValue;
        return hyperband.MaxIter is { } maxIter && (hyperband.S is not null || hyperband.MinIter is null)
            ? Down(maxIter, hyperband.Eta, most)
            : [.. Up(hyperband.MinIter ?? 1, hyperband.Eta, hyperband.MaxIter).Take(most)];
    }

    // W&B has a hundred rungs at most. Of an eta near 1 several fall on one epoch, which is one rung.
    private const int Most = 100;

    private static List<int> Up(int first, double eta, int? below)
    {
        var rungs = new List<int>();
        var rung = (double)first;
        for (var step = 0; step < Most && rung < (below ?? int.MaxValue); step++, rung *= eta) rungs.Add((int)rung);
        return [.. rungs.Distinct()];
    }

    private static List<int> Down(int maxIter, double eta, int most)
    {
        var rungs = new List<int>();
        for (var rung = maxIter / eta; rung >= 1 && rungs.Count < Math.Min(most, Most); rung /= eta) rungs.Add((int)rung);
        rungs.Reverse();
        return [.. rungs.Distinct()];
    }
}
