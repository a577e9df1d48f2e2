using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Trials;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli;

/// <summary>Sweeps that no coordinator works on: their records are changed, and they go on from the text that is kept of them.</summary>
internal sealed class RestingSweeps(TimeProvider time) : IRestingSweeps
{
    public Task<ControlAnswer> AskAsync(StoreFolder folder, SweepRecord sweep, ControlRequest request)
    {
        using var store = SqliteStore.OpenForWriting(folder);
        return Task.FromResult(request switch
        {
            ControlRequest.Cancel => Cancel(store, sweep),
            ControlRequest.Extend extend => Extend(store, folder, sweep, extend),
            ControlRequest.RerunFailed => RerunFailed(store, sweep),
            _ => throw new InvalidOperationException($"{sweep.Name} does not run, and can't {request.GetType().Name}."),
        });
    }

    public async Task<int> ResumeAsync(StoreFolder folder, SweepRecord sweep, NodeOptions.Chosen nodes, bool json)
    {
        FashionMnist.Load(nodes.Data);
        using var store = SqliteStore.OpenForWriting(folder);
        sweep = store.Sweep(folder, sweep.Name);
        if (sweep.End?.IsFinal() == true) throw new InputException($"{sweep.Name} is {SweepStanding.StateOf(sweep)}: ./fsweep extend {sweep.Name} or ./fsweep rerun {sweep.Name} --failed makes more of it");
        return await new LocalSweep(store, folder, nodes, json).RunAsync(Read(sweep), sweep);
    }

    private ControlAnswer Cancel(SqliteStore store, SweepRecord sweep)
    {
        if (sweep.End?.IsFinal() == true) return new ControlAnswer(false, $"{sweep.Name} is {SweepStanding.StateOf(sweep)} already.");
        store.Append([new SweepEvent.SweepEnded(time.GetUtcNow(), sweep.Name, SweepEnd.Cancelled)]);
        return new ControlAnswer(true, $"{sweep.Name} is cancelled: what was finished stays.");
    }

    private ControlAnswer Extend(SqliteStore store, StoreFolder folder, SweepRecord sweep, ControlRequest.Extend request)
    {
        var spec = StartingPoints.Resolve(Read(sweep).Spec, sweep.File, store, folder);
        var (trials, changes) = (store.Trials(sweep.Name), store.Changes(sweep.Name));
        if (Extension.Of(request, TrialSource.SpecAfter(spec, changes), trials) is not { } change)
            return new ControlAnswer(false, Extension.Refusal(request, sweep, spec));
        var source = new TrialSource(sweep.Name, spec, trials, store.Epochs(sweep.Name), changes.Select(record => record.Change));
        source.Extend(change);
        if (source.Total <= sweep.Total) return new ControlAnswer(false, $"{sweep.Name} has tried all that there is to try.");
        return Change(store, sweep, change, source.Total, $"{sweep.Name} has {source.Total} trials now, {source.Total - sweep.Total} more.");
    }

    private ControlAnswer RerunFailed(SqliteStore store, SweepRecord sweep)
    {
        TrialId[] failed = [.. store.Trials(sweep.Name).Where(trial => trial.State == TrialState.Failed).Select(trial => trial.Spec.Id)];
        if (failed.Length == 0) return new ControlAnswer(false, $"No trial of {sweep.Name} has failed.");
        return Change(store, sweep, new SweepChange.FailedReopened(failed), sweep.Total, $"{failed.Length} failed of {sweep.Name} are open again.");
    }

    private ControlAnswer Change(SqliteStore store, SweepRecord sweep, SweepChange change, int total, string message)
    {
        store.Append([new SweepEvent.SweepChanged(time.GetUtcNow(), sweep.Name, change, total)]);
        return new ControlAnswer(true, $"{message} Go on with it: ./fsweep resume {sweep.Name}");
    }

    private static SweepFile Read(SweepRecord sweep) => SweepFile.Parse(sweep.File, System.Text.Encoding.UTF8.GetBytes(sweep.Source));
}
