using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Importance;

/// <summary>Which parameters of a sweep decide how good a trial is, by two methods that answer two questions.</summary>
/// <remarks>
/// fANOVA (Hutter et al. 2014) says what the values vary by over the whole search space; PED-ANOVA (Watanabe et al. 2023) says what sets the best tenth
/// apart. Of the forest's trees a tenth says less than an interval, and a tenth more.
/// </remarks>
/// <param name="Parameters">By fANOVA, the most important first.</param>
/// <param name="Pairs">Those that interact, the strongest first.</param>
/// <param name="Completed">How many points fANOVA rests on.</param>
/// <param name="Tried">How many PED-ANOVA rests on.</param>
/// <param name="Best">How many of them count as the best.</param>
/// <param name="Explained">The share of the variance that the forest foretells of points that it has not seen: what fANOVA is worth.</param>
public sealed record SweepImportance(
    IReadOnlyList<ParameterImportance> Parameters, IReadOnlyList<PairImportance> Pairs, int Completed, int Tried, int Best, double Explained)
{
    /// <summary>Fewer completed points say nothing.</summary>
    public const int FewestPoints = 6;

    // All pairs of more parameters take long, and those of parameters that no tree asks for are nothing.
    private const int MostInPairs = 8;

    // Of the variance; less is what a forest makes of chance.
    private const double LeastOfAPair = 0.005;

    /// <summary>What fANOVA leaves to three parameters and more together.</summary>
    public double Rest => Math.Max(0, 1 - Parameters.Sum(parameter => parameter.Alone.Mean) - Pairs.Sum(pair => pair.Share.Mean));

    /// <returns>Why there is no telling; null where there is.</returns>
    public static string? FindFault(TriedPoints tried)
    {
        double[] values = [.. tried.Points.Select(point => point.Value).OfType<double>()];
        return tried.Parameters.Count == 0 ? "its file searches no parameter"
            : values.Length < FewestPoints ? $"it has {values.Length} completed, must be at least {FewestPoints}"
            : values.All(value => value == values[0]) ? "all came to the same value" : null;
    }

    /// <param name="tried">Without a fault.</param>
    /// <param name="seed">Which points each tree has seen.</param>
    public static SweepImportance Of(TriedPoints tried, long seed)
    {
        List<TriedPoint> completed = [.. tried.Points.Where(point => point.Value is not null)];
        var forest = new RegressionForest(tried.Parameters, completed, seed);
        // A tree that has seen one value alone says nothing.
        List<TreeAnova> trees = [.. forest.Grown.Select(tree => new TreeAnova(tried.Parameters, tree.Leaves)).Where(tree => tree.Variance > 0)];
        var ofBest = PedAnova.Of(tried);
        var parameters = tried.Parameters.Select((parameter, index) => new ParameterImportance(
            parameter.Name, Interval.Of(trees.Select(tree => tree.Alone[index] / tree.Variance)), ofBest[index],
            completed.Count(point => point.Bins[index] != TriedPoint.Idle), EffectsOf(parameter, index, trees, completed)));
        return new SweepImportance(
            [.. parameters.OrderByDescending(parameter => parameter.Alone.Mean)], PairsOf(tried.Parameters, forest, trees), completed.Count,
            tried.Points.Count, PedAnova.BestOf(tried.Points.Count), forest.Explained);
    }

    private static List<PairImportance> PairsOf(IReadOnlyList<BinnedParameter> parameters, RegressionForest forest, List<TreeAnova> trees)
    {
        var asked = Enumerable.Range(0, parameters.Count).OrderByDescending(index => forest.Grown.Sum(tree => tree.Gains[index]))
            .Take(MostInPairs).Order().ToList();
        return
        [
            .. asked.SelectMany(one => asked.Where(other => other > one), (one, other) => new PairImportance(
                    parameters[one].Name, parameters[other].Name, Interval.Of(trees.Select(tree => tree.Together(one, other) / tree.Variance))))
                .Where(pair => pair.Share.Mean >= LeastOfAPair).OrderByDescending(pair => pair.Share.Mean),
        ];
    }

    private static List<Effect> EffectsOf(BinnedParameter parameter, int index, List<TreeAnova> trees, List<TriedPoint> completed)
    {
        var effects = trees.Select(tree => tree.EffectOf(index)).ToList();
        var counts = completed.CountBy(point => point.Bins[index]).ToDictionary();
        return
        [
            .. parameter.Values.Select((value, bin) => new Effect(
                    value, Interval.Of(effects.Select(effect => effect[bin]).Where(double.IsFinite)), counts.GetValueOrDefault(bin)))
                .Where(effect => double.IsFinite(effect.Value.Mean)),
        ];
    }
}

/// <param name="Alone">Its main effect's share of the variance over the search space, by fANOVA, 0 to 1.</param>
/// <param name="OfBest">Its share of what sets the best apart, by PED-ANOVA; together 1.</param>
/// <param name="AtWork">In how many completed points it does something.</param>
/// <param name="Effects">By its values, in order: the mean over all others, where it does something.</param>
public sealed record ParameterImportance(string Name, Interval Alone, double OfBest, int AtWork, IReadOnlyList<Effect> Effects);

/// <param name="Share">Of the variance that the two explain together, beyond each alone, by fANOVA.</param>
public sealed record PairImportance(string One, string Other, Interval Share);

/// <param name="Parameter">The middle of the values that it is about.</param>
/// <param name="Value">Of the objective, by the forest.</param>
/// <param name="Points">How many completed points have such a value: without any it is a guess from beside.</param>
public sealed record Effect(ParameterValue Parameter, Interval Value, int Points);

/// <param name="Low">A tenth of the trees say less.</param>
/// <param name="High">A tenth of the trees say more.</param>
public readonly record struct Interval(double Mean, double Low, double High)
{
    /// <returns>NaN of none.</returns>
    public static Interval Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        if (sorted.Length == 0) return new Interval(double.NaN, double.NaN, double.NaN);
        var tenth = (int)Math.Round(0.1 * (sorted.Length - 1));
        return new Interval(sorted.Average(), sorted[tenth], sorted[^(tenth + 1)]);
    }
}
