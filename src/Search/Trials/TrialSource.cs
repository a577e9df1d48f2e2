using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The trials of a sweep: each configuration once for each of its seeds, judged and told to the sampler as one.</summary>
internal sealed partial class TrialSource : ITrialSource
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

    /// <summary>A sweep of which nothing has been tried yet.</summary>
    public TrialSource(string sweep, SweepSpec spec) : this(sweep, spec, [])
    {
    }

    private TrialSource(string sweep, SweepSpec spec, IReadOnlyList<TrialOutline> earlier)
    {
        (_sweep, _spec, _pruner) = (sweep, spec, Pruners.For(spec.Pruning, spec.Objective));
        _configurations = new Configurations(spec, [.. earlier.Where(trial => spec.Repeats.RepeatOf(new TrialId(sweep, trial.Number)) == 1).Select(trial => trial.Fingerprint)]);
        _number = earlier.Count == 0 ? 0 : earlier[^1].Number;
        _skipped = _number - earlier.Count;
    }

    /// <summary>How many trials a sweep has in all, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => Configurations.CountOf(spec) * spec.Repeats.Seeds;

    /// <summary>A sweep's spec with all that was changed since.</summary>
    public static SweepSpec SpecAfter(SweepSpec spec, IEnumerable<ChangeRecord> changes) => changes
        .Select(record => record.Change).OfType<SweepChange.Extended>().Where(change => change.Parameters.Count > 0)
        .Aggregate(spec, (current, change) => Widening.Of(current, change.Parameters));

    public int Total => (_configurations.Count * Repeats) - _skipped;

    private int Repeats => _spec.Repeats.Seeds;

    private bool Learns => _spec.Method is SearchMethod.Tpe or SearchMethod.Cmaes;

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
        var last = trial.Parameters.Epochs();
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
        if (Learns) _told.Add(observation);
    }

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
        var complete = _spec.Complete(runs.Chosen);
        // Another seed for its weights and its order of batches; the split stays, so that repeats are compared on the same images.
        if (repeat > 1) complete = complete.With([new("seed", _spec.Seed + repeat - 1)]);
        return new TrialSpec(id, complete, _spec.Objective);
    }

    // Its repeats are judged by the first of them to get so far.
    private void Reach(int configuration, EpochReport epoch, int last)
    {
        if (!_open.TryGetValue(configuration, out var runs) || epoch.Epoch <= runs.Epoch) return;
        runs.Reach(epoch.Epoch, LossOf(epoch));
        var verdict = Judge(configuration, epoch.Epoch, last, LossOf(epoch));
        if (epoch.Epoch < last) runs.Verdict ??= verdict;
    }

    private string? Judge(int configuration, int epoch, int last, double loss) => _pruner.Judge(new EpochOfTrial(configuration, epoch, last, loss));
}
