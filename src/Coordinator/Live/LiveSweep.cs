using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>A sweep that this process works on, as others may see and change it.</summary>
internal sealed class LiveSweep(ClusterActor actor, SweepFile file, SweepRecord sweep, StoreFolder folder, SweepProgress start, TimeProvider time)
{
    private volatile SweepProgress _progress = start;

    public string Name => sweep.Name;

    public SweepStatus Status
    {
        get
        {
            var progress = _progress;
            var best = progress.Best is { } found ? new BestSoFar(found.Spec.Id, found.Value) : null;
            var activity = actor.IsEnding ? SweepActivity.Ending : progress.Paused ? SweepActivity.Paused : SweepActivity.Running;
            return new SweepStatus(
                sweep.Name, activity, progress.Total, progress.Finished, progress.Slots.Count(slot => slot.Running is not null), progress.Failed, file.Spec.Objective, best,
                progress.Slots.Select(slot => slot.Node).Distinct().Count(), progress.Slots.Count, progress.StartedAt, progress.TimeLeft(time.GetUtcNow())?.TotalSeconds);
        }
    }

    public void On(SweepEvent happened) => _progress = _progress.On(happened);

    public async Task<ControlAnswer> AskAsync(ControlRequest request)
    {
        if (request is not ControlRequest.Extend extend) return await CommandAsync(CommandOf(request));
        try
        {
            using var store = SqliteStore.OpenForReading(folder);
            var spec = TrialSource.SpecAfter(file.Spec, store.Changes(sweep.Name));
            return Extension.Of(extend, spec, store.Trials(sweep.Name)) is { } change
                ? await CommandAsync(new SweepCommand.Extend(change))
                : new ControlAnswer(false, Extension.Refusal(extend, sweep, spec));
        }
        catch (SweepFileException faults)
        {
            return new ControlAnswer(false, faults.Message);
        }
    }

    private async Task<ControlAnswer> CommandAsync(SweepCommand command)
    {
        var answer = await actor.AskAsync(sweep.Name, command);
        return new ControlAnswer(answer.Accepted, answer.Message);
    }

    private static SweepCommand CommandOf(ControlRequest request) => request switch
    {
        ControlRequest.Pause => new SweepCommand.Pause(),
        ControlRequest.Resume => new SweepCommand.Resume(),
        ControlRequest.Cancel => new SweepCommand.Cancel(),
        ControlRequest.RerunFailed => new SweepCommand.RerunFailed(),
        _ => throw new InvalidOperationException($"No command for {request.GetType().Name}."),
    };
}
