using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The checkpoint of a trial that a user names.</summary>
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

    /// <summary>The trial's model.</summary>
    /// <exception cref="InputException">Its checkpoint is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static RecordedModel Read(IStorePlace place, TrialRecord trial, CancellationToken stop)
    {
        using var held = Hold(place, trial, stop);
        return RecordedModel.Read(trial.Spec, trial.Result!, held.Folder);
    }

    /// <exception cref="InputException">It is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It came damaged.</exception>
    public static HeldCheckpoint Hold(IStorePlace place, TrialRecord trial, CancellationToken stop) =>
        place.Hold(trial.Result!.Checkpoint, stop) ?? throw Missing(place, trial);

    // One that is not kept may be there all the same: another trial keeps it, as its bits are the same.
    private static InputException Missing(IStorePlace place, TrialRecord trial)
    {
        var why = trial.CheckpointKept ? $"{place.PlaceOf(trial.Result!.Checkpoint)} is missing" : "its sweep keeps only the best (retain)";
        return new InputException($"{trial.Spec.Id} has no checkpoint any more: {why}; "
            + $"./fsweep reproduce {trial.Spec.Id} --restore trains it again, and puts it back if the bits are those of its record");
    }
}
