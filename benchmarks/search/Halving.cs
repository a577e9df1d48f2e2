using FashionSweep.Search.Pruning;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>What early termination spends and finds: every configuration of the table in a random order, some at a time.</summary>
internal static class Halving
{
    private const int AtATime = 8;

    public static IReadOnlyList<(string Name, PrunerSpec Spec)> Rules { get; } =
    [
        ("none", new PrunerSpec.None()),
        ("median", new PrunerSpec.Median()),
        ("asha, eta 3", new PrunerSpec.Asha()),
        ("asha, eta 4", new PrunerSpec.Asha(Eta: 4)),
        ("hyperband, eta 3, not strict", new PrunerSpec.Hyperband()),
        ("hyperband, 3 brackets, strict", new PrunerSpec.Hyperband(Rule: RungRule.Strict, Brackets: 3)),
    ];

    /// <returns>The share of all epochs that was trained, and how far the best trial that was trained to its end is from the table's best.</returns>
    public static (double Share, double Regret) Run(IReadOnlyList<double[]> curves, PrunerSpec spec, int seed)
    {
        var pruner = Pruners.For(spec, Objective.Default);
        var order = Enumerable.Range(0, curves.Count).ToArray();
        new Random(seed).Shuffle(order);
        var running = new Queue<(int Trial, int Epoch)>();
        var (started, trained, best) = (0, 0L, 0.0);
        while (running.Count > 0 || started < order.Length)
        {
            while (running.Count < AtATime && started < order.Length) running.Enqueue((++started, 1));
            // All train as fast: they report in turn.
            var (trial, epoch) = running.Dequeue();
            var curve = curves[order[trial - 1]];
            trained++;
            var verdict = pruner.Judge(new EpochOfTrial(trial, epoch, curve.Length, -curve[epoch - 1]));
            if (epoch == curve.Length) best = Math.Max(best, curve.Max());
            else if (verdict is null) running.Enqueue((trial, epoch + 1));
        }
        return ((double)trained / curves.Sum(curve => curve.Length), curves.Max(curve => curve.Max()) - best);
    }
}
