using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Pruning;

/// <summary>The pruner of each kind of early termination.</summary>
public static class Pruners
{
    /// <param name="objective">What the losses are made of: decides how reasons show them.</param>
    public static IPruner For(PrunerSpec spec, Objective objective)
    {
        var text = new LossText(objective);
        return spec switch
        {
            PrunerSpec.None => new NoPruner(),
            PrunerSpec.Median median => new MedianPruner(median, text),
            PrunerSpec.Asha asha => new HalvingPruner(Rungs.Of(asha), asha.Eta, RungRule.Strict, brackets: 1, text),
            PrunerSpec.Hyperband hyperband => new HalvingPruner(
                Rungs.Of(hyperband), hyperband.Eta, hyperband.Rule, hyperband.Brackets, text),
            PrunerSpec.Patience patience => new PatiencePruner(patience, text),
            PrunerSpec.Threshold threshold => new ThresholdPruner(threshold, text),
            _ => throw new InvalidOperationException($"No pruner for {spec.GetType().Name}."),
        };
    }

    private sealed class NoPruner : IPruner
    {
        public IReadOnlyList<int>? Remembered => [];

        public string? Judge(EpochOfTrial epoch) => null;
    }
}
