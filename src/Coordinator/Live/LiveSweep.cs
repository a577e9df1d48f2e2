using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Coordinator.Live;

/// <summary>A sweep that this process works on, as others may see and change it.</summary>
internal sealed class LiveSweep(CoordinatorRef actor, SweepFile file, SweepRecord sweep, StoreFolder folder, SweepProgress start, TimeProvider time)
{
    private volatile SweepProgress _progress = start;

    public string Name => sweep.Name;

    public SweepProgress Progress => _progress;

    public SweepStatus Status
    {
        get
        {
            var progress = _progress;
            var best = progress.Best is { } found ? new BestSoFar(found.Spec.Id, found.Value!.Value) : null;
            var activity = actor.IsEnding ? SweepActivity.Ending : progress.State.IsPaused ? SweepActivity.Paused : SweepActivity.Running;
            return new SweepStatus(
                sweep.Name, activity, progress.Total, progress.Finished, progress.Slots.Count(slot => slot.Running is not null),
                progress.Failed, file.Spec.Objective, best,
                progress.Slots.Select(slot => slot.Node).Distinct().Count(), progress.Slots.Count,
                progress.State.StartedAt, progress.TimeLeft(time.GetUtcNow())?.TotalSeconds,
                progress.State.Awaited.IsEmpty ? null : progress.State.Awaited);
        }
    }

    public void On(SweepEvent happened) => _progress = _progress.On(happened);

    public async Task<ControlAnswer> AskAsync(SweepCommand command)
    {
        var answer = await actor.AskAsync(sweep.Name, command, command is SweepCommand.Extend { Epochs: not null } ? Completed() : []);
        return new ControlAnswer(answer.Accepted, answer.Message);
    }

    // Of the trials that are finished the machine keeps no more than their number.
    private IReadOnlyList<TrialRecord> Completed()
    {
        using var store = folder.Open();
        return [.. store.Trials(sweep.Name).Where(trial => trial.Result is not null)];
    }
}
