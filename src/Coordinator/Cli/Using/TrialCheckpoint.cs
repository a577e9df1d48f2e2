using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The trial that a user names whose model he wants.</summary>
internal static class TrialCheckpoint
{
    /// <exception cref="InputException">There is no such trial, it has no result, or it is an ensemble.</exception>
    public static TrialRecord Find(IStorePlace place, string name, CancellationToken stop)
    {
        if (EnsembleFile.IsNamed(name))
            throw new InputException($"{name} is an ensemble, must be a trial, as quickstart/7: ./fsweep evaluate, predict and serve take ensembles");
        using var records = place.Open(stop);
        var trial = records.Trial(place, name);
        return trial.Result is null ? throw new InputException($"{trial.Spec.Id} is {EnumText.Of(trial.State)}: only a completed trial has a model") : trial;
    }
}
