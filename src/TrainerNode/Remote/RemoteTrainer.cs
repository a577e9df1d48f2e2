using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Plugins;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>
/// Trains where the store's folder is on another machine. A trial goes on from the coordinator's snapshot of it; its own snapshots go there while it
/// trains; and when it is told to be completed, the coordinator has its checkpoint. Then nothing of it stays on this machine.
/// </summary>
/// <param name="engine">Reads and writes the folder.</param>
/// <param name="plugins">Those that came stay as long as the node.</param>
/// <param name="findSnapshot">Where the engine keeps a trial's snapshot; null where it has none.</param>
public sealed class RemoteTrainer(
    ITrainer engine, Func<TrialSpec, SnapshotFile?> findSnapshot, CheckpointFolder checkpoints, PluginFolder plugins, RemoteCheckpoints remote,
    TimeProvider clock) : ITrainer
{
    private const string StartFrom = "start_from";
    private const int SnapshotAttempts = 3;

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly HeldCheckpoints _held = new(checkpoints);

    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
    {
        var start = spec.Parameters[StartFrom]?.ToString() is { } name && Checkpoint.IsSha256(name) ? name : null;
        using var held = start is null ? null : _held.Hold(start);
        try
        {
            if (start is not null && !Wait(HasAsync(start, stop)))
                return new TrialOutcome.Failed($"{StartFrom} is {start}, a checkpoint that the coordinator does not have");
            if (spec.Parameters[OwnModel.Parameter]?.ToString() is { } plugin && !(Checkpoint.IsSha256(plugin) && Wait(HasPluginAsync(plugin, stop))))
                return new TrialOutcome.Failed($"{OwnModel.Parameter} is {plugin}, which the coordinator does not have");
            return findSnapshot(spec) is { } snapshot ? Train(spec, snapshot, report, stop) : engine.Train(spec, report, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new TrialOutcome.Stopped();
        }
        catch (RemoteException fault)
        {
            return new TrialOutcome.Failed(fault.Message);
        }
    }

    private TrialOutcome Train(TrialSpec spec, SnapshotFile snapshot, Action<EpochReport> report, CancellationToken stop)
    {
        Wait(FetchAsync(snapshot, stop));
        var courier = new SnapshotCourier(remote, snapshot, clock);
        try
        {
            var outcome = engine.Train(spec, epoch =>
            {
                report(epoch);
                courier.Offer();
            }, stop);
            return Wait(EndAsync(outcome, snapshot, courier, stop));
        }
        finally
        {
            Wait(courier.DisposeAsync().AsTask());
        }
    }

    private async Task<bool> HasAsync(string sha256, CancellationToken stop)
    {
        var place = checkpoints.PathOf(new Checkpoint(sha256, Bytes: 0));
        return File.Exists(place) || await remote.DownloadAsync(sha256, place, stop).ConfigureAwait(false);
    }

    private async Task<bool> HasPluginAsync(string sha256, CancellationToken stop) =>
        plugins.Has(sha256) || await remote.DownloadPluginAsync(sha256, plugins.PathOf(sha256), stop).ConfigureAwait(false);

    private async Task FetchAsync(SnapshotFile snapshot, CancellationToken stop)
    {
        try
        {
            var fetched = new SnapshotFile($"{snapshot.Path}.{Guid.NewGuid():N}.tmp");
            if (await remote.GetSnapshotAsync(snapshot.Key, fetched.Path, SnapshotAttempts, stop).ConfigureAwait(false)) snapshot.Adopt(fetched);
        }
        catch (Exception fault) when (fault is RemoteException or IOException or UnauthorizedAccessException)
        {
            // Its epochs are trained again.
        }
    }

    private async Task<TrialOutcome> EndAsync(TrialOutcome outcome, SnapshotFile snapshot, SnapshotCourier courier, CancellationToken stop)
    {
        switch (outcome)
        {
            case TrialOutcome.Completed completed:
                await DeliverAsync(completed.Result.Checkpoint, stop).ConfigureAwait(false);
                await ForgetAsync(snapshot, courier).ConfigureAwait(false);
                break;
            case TrialOutcome.Diverged:
                await ForgetAsync(snapshot, courier).ConfigureAwait(false);
                break;
            default:
                // It may go on elsewhere, or be tried again.
                if (await courier.FinishAsync(LastPatience).ConfigureAwait(false)) snapshot.Delete();
                break;
        }
        return outcome;
    }

    private async Task DeliverAsync(Checkpoint checkpoint, CancellationToken stop)
    {
        using var held = _held.Hold(checkpoint.Sha256);
        await remote.UploadAsync(checkpoint, checkpoints.PathOf(checkpoint), stop).ConfigureAwait(false);
    }

    private async Task ForgetAsync(SnapshotFile snapshot, SnapshotCourier courier)
    {
        await courier.StopAsync().ConfigureAwait(false);
        using var enough = new CancellationTokenSource(LastPatience, clock);
        try
        {
            await remote.DeleteSnapshotAsync(snapshot.Key, int.MaxValue, enough.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is RemoteException or OperationCanceledException)
        {
            // What stays there is never used again, and does no harm.
        }
    }

    // A slot's thread has nothing else to do meanwhile.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
