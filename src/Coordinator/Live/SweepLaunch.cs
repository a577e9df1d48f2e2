using FashionSweep.Coordinator.Actor;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>All that is needed to work on a stored sweep, read from its store.</summary>
/// <param name="File">With its starting points resolved.</param>
internal sealed record SweepLaunch(SweepFile File, SweepRecord Sweep, IReadOnlyList<TrialRecord> Earlier, SweepMachine Machine)
{
    /// <param name="staysPaused">Whether a sweep that was paused is to stay so.</param>
    /// <exception cref="SweepFileException">This release does not take the sweep's file any more.</exception>
    /// <exception cref="InputException">What it starts from is not there any more.</exception>
    public static SweepLaunch Of(SweepFile file, SweepRecord sweep, ITrialStore store, StoreFolder folder, bool staysPaused)
    {
        file = file with { Spec = StartingPoints.Resolve(file.Spec, file.Path, store, folder) };
        var (earlier, changes) = (store.Trials(sweep.Name), store.Changes(sweep.Name).Select(record => record.Change).ToList());
        var source = new TrialSource(sweep.Name, file.Spec, earlier, store.Epochs(sweep.Name), changes);
        var isPaused = staysPaused && changes.FindLast(change => change is SweepChange.Paused or SweepChange.Resumed) is SweepChange.Paused;
        var ending = changes.FindLast(change => change is SweepChange.Ending or SweepChange.Extended or SweepChange.FailedReopened) as SweepChange.Ending;
        var past = new SweepPast(earlier, store.Held(sweep.Name), isPaused, ending);
        return new SweepLaunch(file, sweep, earlier, new SweepMachine(sweep.Name, source, file.Spec.Objective, file.Spec.Budgets, past));
    }

    /// <summary>Trials that ran when their coordinator ended, as it saw them start.</summary>
    public IEnumerable<SweepEvent.TrialStarted> Running => Earlier
        .Where(trial => trial.State == TrialState.Running)
        .Select(trial => new SweepEvent.TrialStarted(trial.StartedAt, new Lease(trial.Spec.Id, trial.Node, trial.Attempt), trial.Spec));

    public LiveSweep Watch(ClusterActor actor, StoreFolder folder, TimeProvider time) => new(actor, File, Sweep, folder, SweepProgress.After(Earlier), time);
}
