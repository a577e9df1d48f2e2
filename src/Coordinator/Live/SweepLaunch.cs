using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>All that is needed to work on a stored sweep, read from its store.</summary>
/// <param name="File">With its starting points resolved.</param>
/// <param name="Running">Trials that ran when their coordinator ended.</param>
internal sealed record SweepLaunch(SweepFile File, SweepRecord Sweep, SweepTally Tally, IReadOnlyList<TrialRecord> Running, SweepMachine Machine)
{
    /// <param name="staysPaused">Whether a sweep that was paused is to stay so.</param>
    /// <exception cref="SweepFileException">This release does not take the sweep's file any more.</exception>
    /// <exception cref="InputException">What it starts from is not there any more.</exception>
    public static SweepLaunch Of(SweepFile file, SweepRecord sweep, ITrialStore store, StoreFolder folder, bool staysPaused)
    {
        file = file with { Spec = StartingPoints.Resolve(file.Spec, file.Path, store, folder) };
        var (spec, tally) = (file.Spec, store.Tally(sweep));
        var changes = store.Changes(sweep.Name).Select(record => record.Change).ToList();
        var source = TrialSource.GoOn(sweep.Name, spec, new StoredHistory(store, sweep.Name));
        var trials = store.Trials(
            sweep.Name, TrialsThat.AreUnfinished | TrialsThat.HaveFailed | (spec.Budgets.Retain is null ? TrialsThat.None : TrialsThat.KeepACheckpoint));
        var past = new SweepPast(tally.Finished, trials, store.Held(sweep.Name), staysPaused && IsPaused(changes), EndingIn(changes));
        var machine = new SweepMachine(sweep.Name, source, past);
        return new SweepLaunch(file, sweep, tally, [.. trials.Where(trial => trial.State == TrialState.Running)], machine);
    }

    /// <param name="nodes">Those that are connected.</param>
    public LiveSweep Watch(CoordinatorRef actor, StoreFolder folder, NodeRoster nodes, TimeProvider time) =>
        new(actor, File, Sweep, folder, SweepProgress.Of(SweepState.Of(Sweep, Tally, Running), nodes), time);

    private static bool IsPaused(List<SweepChange> changes) =>
        changes.FindLast(change => change is SweepChange.Paused or SweepChange.Resumed) is SweepChange.Paused;

    private static SweepChange.Ending? EndingIn(List<SweepChange> changes) =>
        changes.FindLast(change => change is SweepChange.Ending or SweepChange.Extended or SweepChange.FailedReopened) as SweepChange.Ending;
}
