using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Storage;

/// <summary>How a completed trial's model is had of a store.</summary>
public static class StoredModels
{
    /// <exception cref="InputException">Its checkpoint is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static RecordedModel Read(IStorePlace place, TrialRecord trial, CancellationToken stop)
    {
        using var held = Hold(place, trial, stop);
        return RecordedModel.Read(trial.Spec, trial.Result!, held.Folder);
    }

    /// <summary>The file of its checkpoint.</summary>
    /// <exception cref="InputException">It is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It came damaged.</exception>
    public static HeldCheckpoint Hold(IStorePlace place, TrialRecord trial, CancellationToken stop) =>
        place.Hold(trial.Result!.Checkpoint, stop) ?? throw Missing(place, trial);

    /// <exception cref="InputException">The model is one that the coordinator can't make.</exception>
    public static void RequireNoPlugin(TrialSpec spec)
    {
        if (spec.Parameters[OwnModel.Parameter] is null) return;
        throw new InputException($"{spec.Id} is of model {spec.Parameters["model"]}, a plug-in's, which can't be made here: "
            + $"./fsweep show {spec.Id} has its scores, and ./fsweep export {spec.Id} its weights");
    }

    // One that is not kept may be there all the same: another trial keeps it, as its bits are the same.
    private static InputException Missing(IStorePlace place, TrialRecord trial)
    {
        var why = trial.CheckpointKept ? $"{place.PlaceOf(trial.Result!.Checkpoint)} is missing" : "its sweep keeps only the best (retain)";
        return new InputException($"{trial.Spec.Id} has no checkpoint any more: {why}; "
            + $"./fsweep reproduce {trial.Spec.Id} --restore trains it again, and puts it back if the bits are those of its record");
    }
}
