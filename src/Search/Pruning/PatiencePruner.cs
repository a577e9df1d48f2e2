namespace FashionSweep.Search.Pruning;

/// <summary>Stops a trial that has not improved for some epochs in a row, whatever the others do (as Optuna's PatientPruner around no other one).</summary>
internal sealed class PatiencePruner(PrunerSpec.Patience spec, LossText text) : IPruner
{
    private readonly Dictionary<int, (double Loss, int Epoch)> _improvedAt = [];

    public IReadOnlyList<int>? Remembered => [];

    public string? Judge(EpochOfTrial epoch)
    {
        if (!_improvedAt.TryGetValue(epoch.Trial, out var best) || epoch.RankedLoss < best.Loss - spec.MinDelta)
            best = _improvedAt[epoch.Trial] = (epoch.RankedLoss, epoch.Epoch);
        if (epoch.IsLast) _improvedAt.Remove(epoch.Trial);
        var waited = epoch.Epoch - best.Epoch;
        if (epoch.IsLast || waited <= spec.Epochs) return null;
        return $"epoch {epoch.Epoch}: no improvement in {waited} {(waited == 1 ? "epoch" : "epochs")} "
            + $"({text.Of(epoch.Loss)} after {text.Of(best.Loss)} in epoch {best.Epoch})";
    }
}
