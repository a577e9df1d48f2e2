namespace FashionSweep.Search.Pruning;

/// <summary>Stops a trial as soon as it is worse than a bound, or has no number.</summary>
internal sealed class ThresholdPruner(PrunerSpec.Threshold spec, LossText text) : IPruner
{
    private readonly double _worst = text.Flip(spec.Bound);

    public IReadOnlyList<int>? Remembered => [];

    public string? Judge(EpochOfTrial epoch)
    {
        if (epoch.IsLast || epoch.Epoch <= spec.WarmupEpochs || epoch.RankedLoss <= _worst) return null;
        return $"epoch {epoch.Epoch}: {text.Of(epoch.Loss)}, must be {text.AsBound} {text.Of(_worst)}";
    }
}
