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

    private static List<int> Up(int first, int eta, int? below)
    {
        var rungs = new List<int>();
        for (long rung = first; rung < (below ?? int.MaxValue); rung *= eta) rungs.Add((int)rung);
        return rungs;
    }

    private static List<int> Down(int maxIter, int eta, int most)
    {
        var rungs = new List<int>();
        for (var rung = maxIter / eta; rung >= 1 && rungs.Count < most; rung /= eta) rungs.Add(rung);
        rungs.Reverse();
        return rungs;
    }
}
