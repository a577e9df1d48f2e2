using FashionSweep.Search.Pruning;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Pruning;

/// <summary>Trials with known learning curves, trained a few at a time under a pruner.</summary>
/// <param name="Curves">The metric of each trial, epoch by epoch.</param>
/// <param name="Slots">So many trials train at once.</param>
/// <param name="Seed">Decides whose epoch ends next.</param>
internal sealed record Race(IReadOnlyList<double[]> Curves, int Slots, int Seed)
{
    public static Objective Minimized { get; } = new(Metric.ValidationLoss, Goal.Minimize);

    public static Objective Maximized { get; } = new(Metric.ValidationAccuracy, Goal.Maximize);

    /// <summary>Up to 60 trials of up to 12 epochs; values coarse enough to be often equal, some of them no numbers.</summary>
    public static Arbitrary<Race> Any { get; } = Races(
        Gen.Frequency((1, Gen.Constant(double.NaN)), (30, Gen.Choose(0, 40).Select(value => value / 40.0))));

    /// <summary>Races in which all losses are the same.</summary>
    public static Arbitrary<Race> Level { get; } = Races(Gen.Constant(0.5));

    public static Gen<PrunerSpec> Specs { get; } = Gen.OneOf(
        from warmup in Gen.Choose(0, 3)
        from startup in Gen.Choose(1, 8)
        select (PrunerSpec)new PrunerSpec.Median(warmup, startup),
        from first in Gen.Choose(1, 3)
        from eta in Gen.Choose(2, 5)
        select (PrunerSpec)new PrunerSpec.Asha(first, eta),
        from first in Gen.Choose(1, 3)
        from eta in Gen.Choose(2, 5)
        from rule in Gen.Elements(Enum.GetValues<RungRule>())
        from brackets in Gen.Choose(1, 4)
        select (PrunerSpec)new PrunerSpec.Hyperband(first, Eta: eta, Rule: rule, Brackets: brackets),
        Gen.Choose(1, 4).Select(epochs => (PrunerSpec)new PrunerSpec.Patience(epochs, 0.01)),
        Gen.Choose(0, 40).Select(bound => (PrunerSpec)new PrunerSpec.Threshold(bound / 40.0, 1)));

    public List<Judgement> Run(PrunerSpec spec, Objective objective)
    {
        var pruner = Pruners.For(spec, objective);
        var random = new Random(Seed);
        var (judgements, running, next) = (new List<Judgement>(), new List<(int Trial, int Epoch)>(), 0);
        while (running.Count > 0 || next < Curves.Count)
        {
            while (running.Count < Slots && next < Curves.Count) running.Add((++next, 0));
            var slot = random.Next(running.Count);
            var (trial, epoch) = (running[slot].Trial, running[slot].Epoch + 1);
            var shown = new EpochOfTrial(trial, epoch, Curves[trial - 1].Length, Loss(Curves[trial - 1][epoch - 1], objective));
            judgements.Add(new Judgement(shown, pruner.Judge(shown)));
            if (judgements[^1].Reason is null && !shown.IsLast) running[slot] = (trial, epoch);
            else running.RemoveAt(slot);
        }
        return judgements;
    }

    /// <summary>The same race in which better is worse.</summary>
    public Race Mirrored => this with { Curves = [.. Curves.Select(curve => curve.Select(value => -value).ToArray())] };

    private static double Loss(double value, Objective objective) => objective.Goal == Goal.Maximize ? -value : value;

    private static Arbitrary<Race> Races(Gen<double> value) => (
        from trials in Gen.Choose(1, 60)
        from slots in Gen.Choose(1, 8)
        from seed in Gen.Choose(0, int.MaxValue)
        from curves in Gen.ListOf(from epochs in Gen.Choose(1, 12) from curve in Gen.ArrayOf(value, epochs) select curve, trials)
        select new Race([.. curves], slots, seed)).ToArbitrary();
}

internal sealed record Judgement(EpochOfTrial Shown, string? Reason);
