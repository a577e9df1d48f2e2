using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Storage;

/// <summary>How a completed trial's model is had of a store.</summary>
public static class StoredModels
{
    /// <param name="plugin">The one that it is of; null where it is of one of FashionSweep's own models.</param>
    /// <exception cref="InputException">Its checkpoint is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static RecordedModel Read(IStorePlace place, TrialRecord trial, LoadedPlugin? plugin, CancellationToken stop)
    {
        using var held = Hold(place, trial, stop);
        return RecordedModel.Read(trial.Spec, trial.Result!, held.Folder, plugin);
    }

    /// <summary>The file of its checkpoint.</summary>
    /// <exception cref="InputException">It is not there any more; says why, and what brings it back.</exception>
    /// <exception cref="CheckpointException">It came damaged.</exception>
    public static HeldCheckpoint Hold(IStorePlace place, TrialRecord trial, CancellationToken stop) =>
        place.Hold(trial.Result!.Checkpoint, stop) ?? throw Missing(place, trial);

    /// <summary>The SHA-256 of the plug-in that it is of; null of a trial of one of FashionSweep's own models.</summary>
    public static string? PluginOf(TrialSpec spec) => spec.Parameters[OwnModel.Parameter]?.ToString();

    /// <param name="what">What can't be done with such a model here.</param>
    /// <param name="instead">The verb that can do something near it, with its arguments.</param>
    /// <exception cref="InputException">The trial is of one.</exception>
    public static void RequireNoPlugin(TrialSpec spec, string what, string instead)
    {
        if (PluginOf(spec) is not null)
            throw new InputException($"{spec.Id} is of model {spec.Parameters["model"]}, a plug-in's: {what}; ./fsweep {instead}");
    }

    // One that is not kept may be there all the same: another trial keeps it, as its bits are the same.
    private static InputException Missing(IStorePlace place, TrialRecord trial)
    {
        var why = trial.CheckpointKept ? $"{place.PlaceOf(trial.Result!.Checkpoint)} is missing" : "its sweep keeps only the best (retain)";
        return new InputException($"{trial.Spec.Id} has no checkpoint any more: {why}; "
            + $"./fsweep reproduce {trial.Spec.Id} --restore trains it again, and puts it back if the bits are those of its record");
    }
}
