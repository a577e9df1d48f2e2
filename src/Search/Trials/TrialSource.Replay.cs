using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <content>How it takes up what is stored of its sweep.</content>
public sealed partial class TrialSource
{
    /// <summary>Goes on where a stored sweep stands: as one that has lived through its history.</summary>
    /// <exception cref="SweepFileException">A parameter that was changed is not one of the trainer's any more.</exception>
    public static TrialSource GoOn(string sweep, SweepSpec spec, ITrialHistory history)
    {
        var (earlier, extensions) = (history.Outlines(), history.Extensions());
        var source = new TrialSource(sweep, spec, earlier, MayRepeat(spec, extensions) ? Meanings(spec, history) : []);
        foreach (var extension in extensions) source.Extend(extension);
        if (earlier.Count > 0) source._configurations.Reach(source.ConfigurationOf(earlier[^1]));
        source.Replay(earlier, history);
        source.EndWhereItEnded(history.Total, earlier.Count);
        return source;
    }

    // Where all of them were started there are no others, though a sampler that had nothing more to try might have something now, and a repeat that was left
    // out be judged otherwise: how an attempt went that failed isn't stored.
    private void EndWhereItEnded(int total, int started)
    {
        if (started == 0 || started < total) return;
        _configurations.EndAt(ConfigurationOf(new TrialId(_sweep, _number)));
        var end = _configurations.Count * Repeats;
        (_skipped, _number) = (_skipped + end - _number, end);
    }

    // Where all that a sweep can try differs, its trials need not be read to know what they mean.
    private static bool MayRepeat(SweepSpec spec, IReadOnlyList<Extension> extensions) =>
        extensions.Count > 0 || spec.Baselines.Count > 0 || Sameness.In(spec.Space).MayCoincide;

    private static List<UInt128> Meanings(SweepSpec spec, ITrialHistory history) =>
    [
        .. history.Trials().Where(trial => spec.Repeats.RepeatOf(trial.Spec.Id) == 1)
            .Select(trial => Configurations.MeaningOf(spec, trial.Spec.Parameters)),
    ];

    private void Replay(IReadOnlyList<TrialOutline> earlier, ITrialHistory history)
    {
        List<TrialOutline> inPlay = [.. earlier.GroupBy(ConfigurationOf).Where(IsInPlay).SelectMany(trials => trials)];
        var known = Learns ? history.Trials() : history.Trials([.. inPlay.Select(trial => trial.Number)]);
        foreach (var trial in known) Replay(trial);
        ReplayEpochs(EpochsOf([.. inPlay.Select(trial => trial.Number)], history), earlier);
        foreach (var trial in known)
            if (trial.IsFinished) Ended(trial.Spec, trial.State, trial.Result);
    }

    // A trial of it may still run.
    private bool IsInPlay(IEnumerable<TrialOutline> configuration)
    {
        List<TrialOutline> trials = [.. configuration];
        return !trials.TrueForAll(trial => trial.IsFinished) || (trials.Count < Repeats && !trials.Exists(trial => trial.State == TrialState.Pruned));
    }

    private void Replay(PastTrial trial)
    {
        var configuration = ConfigurationOf(trial.Spec.Id);
        if (!_inPlay.TryGetValue(configuration, out var runs))
        {
            _inPlay[configuration] = runs = new ConfigurationRuns(ChosenIn(trial.Spec.Parameters, configuration));
            Tell(new Observation(configuration, Telling(runs.Chosen), Standing.Running));
        }
        runs.Start();
        if (trial.State == TrialState.Pruned) runs.Verdict = trial.Reason;
    }

    // Baselines may set others than the space does; one that means what another does was not tried.
    private ParameterSet ChosenIn(ParameterSet complete, int configuration) =>
        (configuration <= Spec.Baselines.Count ? Spec.Baselines.FirstOrDefault(baseline => IsTrialOf(baseline, complete)) : null)
            ?? Spec.Space.Choose(parameter => complete[parameter.Name]!);

    // Of repeats each has a seed of its own.
    private bool IsTrialOf(ParameterSet baseline, ParameterSet complete) =>
        !Spec.Complete(baseline).DifferentIn(Spec.Catalog.WithDefaults(complete)).Any(name => Repeats == 1 || name != "seed");

    // Of pruned trials a sampler that learns is told how far they came.
    private IReadOnlyList<EpochRecord> EpochsOf(List<int> inPlay, ITrialHistory history) =>
        (Learns && Spec.Pruning is not PrunerSpec.None ? null : _pruner.Remembered) is { } remembered
            ? history.Epochs(inPlay, remembered)
            : history.Epochs();

    private void ReplayEpochs(IReadOnlyList<EpochRecord> epochs, IReadOnlyList<TrialOutline> earlier)
    {
        if (epochs.Count == 0) return;
        var lengths = earlier.ToDictionary(trial => trial.Number, trial => trial.Epochs);
        var reached = new Dictionary<int, int>();
        foreach (var (trial, report) in epochs)
        {
            var (configuration, last) = (ConfigurationOf(trial), lengths[trial.Number]);
            if (_inPlay.ContainsKey(configuration)) Report(configuration, report, last);
            else if (report.Epoch > reached.GetValueOrDefault(configuration))
                Judge(configuration, reached[configuration] = report.Epoch, last, LossOf(report));
        }
    }

    private int ConfigurationOf(TrialOutline trial) => ConfigurationOf(new TrialId(_sweep, trial.Number));
}
