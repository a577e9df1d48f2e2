using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <content>How it takes up what a store has of its sweep.</content>
internal sealed partial class TrialSource
{
    /// <summary>Goes on where a stored sweep stands. Of its store it reads what the sweep's sampler and pruner need of the past.</summary>
    /// <exception cref="SweepFileException">A parameter that was changed is not one of the trainer's any more.</exception>
    public static TrialSource GoOn(string sweep, SweepSpec spec, ITrialStore store)
    {
        var earlier = store.Outlines(sweep);
        var source = new TrialSource(sweep, spec, earlier);
        foreach (var record in store.Changes(sweep))
            if (record.Change is SweepChange.Extended change) source.Extend(change);
        source.Recall(earlier, store);
        return source;
    }

    private void Recall(IReadOnlyList<TrialOutline> earlier, ITrialStore store)
    {
        List<TrialOutline> inPlay = [.. earlier.GroupBy(ConfigurationOf).Where(IsInPlay).SelectMany(trials => trials)];
        var known = Learns ? store.Trials(_sweep) : Records(inPlay, store);
        foreach (var trial in known) Recall(trial);
        Show(EpochsToShow([.. inPlay.Select(trial => trial.Number)], store), earlier);
        foreach (var trial in known)
            if (trial.State is not (TrialState.Pending or TrialState.Running)) Ended(trial.Spec, trial.State, trial.Result);
    }

    // A trial of it may still run.
    private bool IsInPlay(IEnumerable<TrialOutline> configuration)
    {
        List<TrialOutline> trials = [.. configuration];
        return !trials.TrueForAll(trial => trial.IsFinished) || (trials.Count < Repeats && !trials.Exists(trial => trial.State == TrialState.Pruned));
    }

    private IReadOnlyList<TrialRecord> Records(List<TrialOutline> trials, ITrialStore store)
    {
        IEnumerable<TrialRecord> finished = trials.Where(trial => trial.IsFinished).Select(trial => store.Find(new TrialId(_sweep, trial.Number))!);
        return [.. store.Trials(_sweep, TrialsThat.AreUnfinished).Concat(finished).OrderBy(trial => trial.Spec.Id.Number)];
    }

    // Of pruned trials a sampler that learns is told how far they came.
    private IReadOnlyList<EpochRecord> EpochsToShow(List<int> inPlay, ITrialStore store) =>
        (Learns && _spec.Pruning is not PrunerSpec.None ? null : _pruner.Remembered) is { } remembered ? store.Epochs(_sweep, inPlay, remembered) : store.Epochs(_sweep);

    private void Show(IReadOnlyList<EpochRecord> epochs, IReadOnlyList<TrialOutline> earlier)
    {
        if (epochs.Count == 0) return;
        var lengths = earlier.ToDictionary(trial => trial.Number, trial => trial.Epochs);
        var shown = new Dictionary<int, int>();
        foreach (var (trial, report) in epochs)
        {
            var (configuration, last) = (ConfigurationOf(trial), lengths[trial.Number]);
            if (_open.ContainsKey(configuration)) Reach(configuration, report, last);
            else if (report.Epoch > shown.GetValueOrDefault(configuration)) Judge(configuration, shown[configuration] = report.Epoch, last, LossOf(report));
        }
    }

    private void Recall(TrialRecord trial)
    {
        var configuration = ConfigurationOf(trial.Spec.Id);
        if (!_open.TryGetValue(configuration, out var runs))
        {
            var known = trial.Spec.Parameters;
            _open[configuration] = runs = new ConfigurationRuns(ChosenIn(known, configuration));
            Tell(new Observation(configuration, runs.Chosen, Standing.Running));
        }
        runs.Start();
        if (trial.State == TrialState.Pruned) runs.Verdict = trial.Reason;
    }

    // Baselines may set others than the space does.
    private ParameterSet ChosenIn(ParameterSet complete, int configuration) => configuration <= _spec.Baselines.Count
        ? _spec.Baselines[configuration - 1]
        : _spec.Space.Choose(parameter => complete[parameter.Name]!);

    private int ConfigurationOf(TrialOutline trial) => ConfigurationOf(new TrialId(_sweep, trial.Number));
}
