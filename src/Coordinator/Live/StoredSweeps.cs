using System.Text;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>Changes the records of sweeps that nobody works on.</summary>
internal sealed class StoredSweeps(ITrialStore store, StoreFolder folder, ParameterCatalog catalog, TimeProvider time)
{
    /// <summary>The file of a stored sweep, from the text that is kept of it, and by the rules of its release.</summary>
    /// <exception cref="SweepFileException">This release does not take it any more.</exception>
    public static SweepFile FileOf(SweepRecord sweep, ParameterCatalog catalog)
    {
        var file = SweepFile.Parse(sweep.File, Encoding.UTF8.GetBytes(sweep.Source), catalog.With(sweep.Own), sweep.Rules);
        return file with { Spec = file.Spec.Knowing(sweep.Prior) };
    }

    /// <param name="command">Without a fault; neither pauses nor resumes.</param>
    public ControlAnswer Ask(SweepRecord sweep, SweepCommand command) => command switch
    {
        SweepCommand.Cancel => Cancel(sweep),
        SweepCommand.Extend extend => Extend(sweep, extend),
        SweepCommand.RerunFailed => RerunFailed(sweep),
        _ => throw new InvalidOperationException($"{sweep.Name} does not run, and can't {command.GetType().Name}."),
    };

    /// <summary>Adds a new sweep of a file, with what was looked up of those that it starts from: it stays so, whatever becomes of them.</summary>
    /// <param name="plugin">With the own model that the file was read with; kept before the sweep is there.</param>
    public SweepRecord Add(SweepFile file, string path, SweepChoice.Fresh choice, GivenPlugin? plugin = null)
    {
        if (plugin is not null) folder.Plugins.Keep(plugin.Model.Plugin, plugin.Bytes);
        var sweep = new SweepRecord(choice.Name, path, file.Source, file.Spec.Objective, TrialSource.CountOf(file.Spec), time.GetUtcNow())
        {
            Further = file.Spec.Further,
            Repeats = file.Spec.Repeats,
            Retain = file.Spec.Budgets.Retain,
            Own = plugin?.Model,
            Prior = file.Spec.Known,
        };
        store.Add(sweep);
        return sweep;
    }

    private ControlAnswer Cancel(SweepRecord sweep)
    {
        if (sweep.End?.IsFinal() == true) return new ControlAnswer(false, $"{sweep.Name} is {EnumText.Of(sweep.End.Value).Replace('_', ' ')} already.");
        store.Append([new SweepEvent.SweepEnded(time.GetUtcNow(), sweep.Name, SweepEnd.Cancelled)]);
        store.KeepBest(sweep.Name);
        return new ControlAnswer(true, $"{sweep.Name} is cancelled: what was finished stays.");
    }

    private ControlAnswer Extend(SweepRecord sweep, SweepCommand.Extend command)
    {
        var spec = StartingPoints.Resolve(FileOf(sweep, catalog).Spec, sweep.File, store, folder);
        var source = TrialSource.GoOn(sweep.Name, spec, new StoredHistory(store, sweep.Name));
        if (Extending.Of(command, source, store.Trials(sweep.Name)) is not { } change)
            return new ControlAnswer(false, Extending.Refusal(command, sweep.Name, source.Spec));
        source.Extend(change.AsExtension());
        if (source.Total <= sweep.Total) return new ControlAnswer(false, $"{sweep.Name} has tried all that there is to try.");
        return Change(sweep, change, source.Total, $"{sweep.Name} has {source.Total} trials now, {source.Total - sweep.Total} more.");
    }

    private ControlAnswer RerunFailed(SweepRecord sweep)
    {
        TrialId[] failed = [.. store.Trials(sweep.Name, TrialsThat.HaveFailed).Select(trial => trial.Spec.Id)];
        if (failed.Length == 0) return new ControlAnswer(false, $"No trial of {sweep.Name} has failed.");
        return Change(sweep, new SweepChange.FailedReopened(failed), sweep.Total, $"{failed.Length} failed of {sweep.Name} are open again.");
    }

    private ControlAnswer Change(SweepRecord sweep, SweepChange change, int total, string message)
    {
        store.Append([new SweepEvent.SweepChanged(time.GetUtcNow(), sweep.Name, change, total)]);
        return new ControlAnswer(true, message);
    }
}
