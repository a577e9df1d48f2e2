using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Puts a trial's checkpoint back that is lost or damaged, once the trial was trained again to the same bits.</summary>
internal sealed class CheckpointRepair(IStorePlace place, TrialRecord trial)
{
    private Checkpoint Recorded => trial.Result!.Checkpoint;

    /// <param name="scratch">Folder of the checkpoint that was made now.</param>
    /// <param name="restore">Else it is said that it can be put back.</param>
    /// <returns>The exit code.</returns>
    public int Run(string scratch, TrialResult again, bool restore, CancellationToken stop)
    {
        if (FindFault(stop) is not { } fault) return ExitCodes.Done;
        if (!restore)
        {
            // What its sweep has given up is not missed.
            if (trial.CheckpointKept) Console.Out.WriteLine($"Its checkpoint is {fault}. Next: ./fsweep reproduce {trial.Spec.Id} --restore puts it back");
            return ExitCodes.Done;
        }
        if (place.Folder is not { } folder || again.Checkpoint.Sha256 != Recorded.Sha256)
        {
            Console.Error.WriteLine($"fsweep: its checkpoint is {fault}, and can't be put back from here: it names the processor and release that made it, "
                + "and this is another; the weights are the same");
            return ExitCodes.WorkFailed;
        }
        new CheckpointFolder(folder.Checkpoints).Import(new CheckpointFolder(scratch).PathOf(again.Checkpoint));
        Console.Out.WriteLine($"Its checkpoint was {fault}, and is put back: {folder.PathOf(Recorded)}");
        return ExitCodes.Done;
    }

    /// <returns>Null where it is there and whole.</returns>
    private string? FindFault(CancellationToken stop)
    {
        try
        {
            using var held = place.Hold(Recorded, stop);
            if (held is null) return "missing";
            held.Folder.Read(Recorded);
            return null;
        }
        catch (CheckpointException)
        {
            return "damaged";
        }
    }
}
