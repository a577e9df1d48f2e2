using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Pruning;
using FashionSweep.Coordinator.Sampling;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Trials;

/// <summary>The trials of a sweep: each configuration once for each of its seeds, judged and told to the sampler as one.</summary>
internal sealed class TrialSource : ITrialSource
{
    private readonly string _sweep;
    private readonly IPruner _pruner;
    private readonly Configurations _configurations;

    // What a sampler that is new to the sweep has to be told.
    private readonly List<Observation> _told = [];

    // Only those with a trial that may still run.
    private readonly Dictionary<int, ConfigurationRuns> _open = [];
    private SweepSpec _spec;
    private int _number;
    private int _skipped;

    /// <param name="earlier">What is stored of the sweep.</param>
    /// <param name="epochs">The epochs that are stored of it, in the order in which they ended.</param>
    /// <param name="changes">In the order in which they were made.</param>
    /// <exception cref="SweepFileException">A parameter that was changed is not one of the trainer's any more.</exception>
    public TrialSource(string sweep, SweepSpec spec, IReadOnlyList<TrialRecord> earlier, IReadOnlyList<EpochRecord> epochs, IEnumerable<SweepChange> changes)
    {
        (_sweep, _spec, _pruner) = (sweep, spec, Pruners.For(spec.Pruning, spec.Objective));
        _configurations = new Configurations(spec, [.. earlier.Where(IsFirstOfItsConfiguration).Select(trial => trial.Spec.Parameters)]);
        foreach (var change in changes.OfType<SweepChange.Extended>()) Extend(change);
        foreach (var trial in earlier) Recall(trial);
        _number = earlier.Count == 0 ? 0 : earlier[^1].Spec.Id.Number;
        _skipped = _number - earlier.Count;
        var lengths = earlier.ToDictionary(trial => trial.Spec.Id, trial => EpochsOf(trial.Spec.Parameters));
        foreach (var epoch in epochs) Reach(ConfigurationOf(epoch.Trial), epoch.Report, lengths[epoch.Trial]);
        foreach (var trial in earlier.Where(trial => trial.State is not (TrialState.Pending or TrialState.Running))) Ended(trial.Spec, trial.State, trial.Result);
    }

    /// <summary>How many trials a sweep has in all, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => Configurations.CountOf(spec) * spec.Repeats.Seeds;

    /// <summary>A sweep's spec with all that was changed since.</summary>
    public static SweepSpec SpecAfter(SweepSpec spec, IEnumerable<ChangeRecord> changes) => changes
        .Select(record => record.Change).OfType<SweepChange.Extended>().Where(change => change.Parameters.Count > 0)
        .Aggregate(spec, (current, change) => Widening.Of(current, change.Parameters));

    public int Total => (_configurations.Count * Repeats) - _skipped;

    private int Repeats => _spec.Repeats.Seeds;

    public TrialSpec? Next()
    {
        while (_number < _configurations.Count * Repeats)
        {
            var id = new TrialId(_sweep, _number + 1);
            var repeat = _spec.Repeats.RepeatOf(id);
            if (repeat == 1 && !Open(ConfigurationOf(id))) return null;
            _number++;
            if (_open.GetValueOrDefault(ConfigurationOf(id)) is { Verdict: null } runs) return Start(id, runs, repeat);
            _skipped++;
        }
        return null;
    }

    public string? Judge(TrialSpec trial, EpochReport epoch)
    {
        var last = EpochsOf(trial.Parameters);
        Reach(ConfigurationOf(trial.Id), epoch, last);
        return epoch.Epoch < last ? _open.GetValueOrDefault(ConfigurationOf(trial.Id))?.Verdict : null;
    }

    public void Ended(TrialSpec trial, TrialState state, TrialResult? result)
    {
        var configuration = ConfigurationOf(trial.Id);
        if (!_open.TryGetValue(configuration, out var runs)) return;
        runs.End(result is null ? null : LossOf(new EpochReport(result.BestEpoch, result.Train, result.Validation, result.Seconds)));
        if (!runs.IsOver(Repeats)) return;
        Tell(runs.Observe(configuration, _spec.Repeats.Aggregate));
        _open.Remove(configuration);
    }

    public void Extend(SweepChange.Extended change)
    {
        _configurations.Add(change.Given);
        if (change.Parameters.Count > 0) Move(Widening.Of(_spec, change.Parameters));
        _configurations.Add(change.Configurations);
    }

    private void Move(SweepSpec spec)
    {
        _spec = spec;
        _configurations.Move(spec);
        foreach (var observation in _told) _configurations.Sampler.Tell(observation);
    }

    private void Tell(Observation observation)
    {
        _configurations.Sampler.Tell(observation);
        if (_spec.Method is SearchMethod.Tpe or SearchMethod.Cmaes) _told.Add(observation);
    }

    private bool IsFirstOfItsConfiguration(TrialRecord trial) => _spec.Repeats.RepeatOf(trial.Spec.Id) == 1;

    private static int EpochsOf(ParameterSet parameters) => parameters["epochs"] is ParameterValue.Whole { Value: var epochs } ? (int)epochs : 1;

    private int ConfigurationOf(TrialId trial) => _spec.Repeats.ConfigurationOf(trial);

    private double LossOf(EpochReport epoch) => _spec.Objective.LossOf(epoch);

    private bool Open(int configuration)
    {
        if (_configurations.Next() is not { } chosen)
        {
            _configurations.EndAt(configuration - 1);
            return false;
        }
        _open[configuration] = new ConfigurationRuns(chosen);
        Tell(new Observation(configuration, chosen, Standing.Running));
        return true;
    }

    private TrialSpec Start(TrialId id, ConfigurationRuns runs, int repeat)
    {
        runs.Start();
        var complete = Hyperparameters.Complete(runs.Chosen, _spec.Seed);
        // Another seed for its weights and its order of batches; the split stays, so that repeats are compared on the same images.
        if (repeat > 1) complete = complete.With([new("seed", _spec.Seed + repeat - 1)]);
        return new TrialSpec(id, complete, _spec.Objective);
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

    // Its repeats are judged by the first of them to get so far.
    private void Reach(int configuration, EpochReport epoch, int last)
    {
        if (!_open.TryGetValue(configuration, out var runs) || epoch.Epoch <= runs.Epoch) return;
        runs.Reach(epoch.Epoch, LossOf(epoch));
        var verdict = _pruner.Judge(new EpochOfTrial(configuration, epoch.Epoch, last, LossOf(epoch)));
        if (epoch.Epoch < last) runs.Verdict ??= verdict;
    }
}
