using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The trials of a sweep: each configuration once for each of its seeds, judged and told to the sampler as one.</summary>
public sealed partial class TrialSource : ITrialSource
{
    private readonly string _sweep;
    private readonly IPruner _pruner;
    private readonly Configurations _configurations;

    // What a sampler that is new to the sweep has to be told.
    private readonly List<Observation> _told = [];

    // Only those with a trial that may still run.
    private readonly Dictionary<int, ConfigurationRuns> _inPlay = [];
    private int _number;
    private int _skipped;

    /// <summary>A sweep of which nothing has been tried yet.</summary>
    public TrialSource(string sweep, SweepSpec spec) : this(sweep, spec, [], [])
    {
    }

    private TrialSource(string sweep, SweepSpec spec, IReadOnlyList<TrialOutline> earlier, IReadOnlyList<UInt128> meanings)
    {
        (_sweep, Spec, _pruner) = (sweep, spec, Pruners.For(spec.Pruning, spec.Objective));
        var first = earlier.Where(trial => spec.Repeats.RepeatOf(new TrialId(sweep, trial.Number)) == 1);
        _configurations = new Configurations(spec, [.. first.Select(trial => trial.Fingerprint)], meanings);
        _number = earlier.Count == 0 ? 0 : earlier[^1].Number;
        _skipped = _number - earlier.Count;
    }

    public int Total => (_configurations.Count * Repeats) - _skipped;

    public SweepSpec Spec { get; private set; }

    private int Repeats => Spec.Repeats.Seeds;

    private bool Learns => Spec.Method.Learns();

    /// <summary>How many trials a sweep has in all, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => Configurations.CountOf(spec) * spec.Repeats.Seeds;

    public TrialSpec? Next()
    {
        while (_number < _configurations.Count * Repeats)
        {
            var id = new TrialId(_sweep, _number + 1);
            var repeat = Spec.Repeats.RepeatOf(id);
            if (repeat == 1 && !Begin(ConfigurationOf(id))) return null;
            _number++;
            if (_inPlay.GetValueOrDefault(ConfigurationOf(id)) is { Verdict: null } runs) return Start(id, runs, repeat);
            _skipped++;
        }
        return null;
    }

    public string? Judge(TrialSpec trial, EpochReport epoch)
    {
        var last = trial.Parameters.Epochs();
        Report(ConfigurationOf(trial.Id), epoch, last);
        return epoch.Epoch < last ? _inPlay.GetValueOrDefault(ConfigurationOf(trial.Id))?.Verdict : null;
    }

    public bool Knows(ParameterSet complete) => _configurations.Knows(complete);

    public void Ended(TrialSpec trial, TrialState state, TrialResult? result)
    {
        var configuration = ConfigurationOf(trial.Id);
        if (!_inPlay.TryGetValue(configuration, out var runs)) return;
        runs.End(result is null ? null : Spec.Objectives.LossesOf(result));
        if (!runs.IsOver(Repeats)) return;
        var observation = runs.Observe(configuration, Spec.Repeats.Aggregate);
        Tell(observation with { Parameters = Telling(observation.Parameters) });
        _inPlay.Remove(configuration);
    }

    public void Extend(Extension extension)
    {
        _configurations.Add(extension.Given);
        if (extension.Parameters.Count > 0) Move(Widening.Of(Spec, extension.Parameters));
        _configurations.Add(extension.Configurations);
    }

    private void Move(SweepSpec spec)
    {
        Spec = spec;
        _configurations.Move(spec);
        foreach (var observation in _told) _configurations.Sampler.Tell(observation);
    }

    private void Tell(Observation observation)
    {
        _configurations.Sampler.Tell(observation);
        if (Learns) _told.Add(observation);
    }

    // What did nothing in a trial has no part in its result.
    private ParameterSet Telling(ParameterSet chosen) => Learns ? Meaning.In(Spec.Catalog).Telling(chosen) : chosen;

    private int ConfigurationOf(TrialId trial) => Spec.Repeats.ConfigurationOf(trial);

    private double LossOf(EpochReport epoch) => Spec.Objective.LossOf(epoch);

    private bool Begin(int configuration)
    {
        if (_configurations.Next() is not { } chosen)
        {
            _configurations.EndAt(configuration - 1);
            return false;
        }
        _inPlay[configuration] = new ConfigurationRuns(chosen);
        Tell(new Observation(configuration, Telling(chosen), Standing.Running));
        return true;
    }

    private TrialSpec Start(TrialId id, ConfigurationRuns runs, int repeat)
    {
        runs.Start();
        var complete = Spec.Complete(runs.Chosen);
        // Another seed for its weights and its order of batches; the split stays, so that repeats are compared on the same images.
        if (repeat > 1) complete = complete.With([new("seed", Spec.Seed + repeat - 1)]);
        return new TrialSpec(id, complete, Spec.Objective);
    }

    // Its repeats are judged by the first of them to get so far.
    private void Report(int configuration, EpochReport epoch, int last)
    {
        if (!_inPlay.TryGetValue(configuration, out var runs) || epoch.Epoch <= runs.Epoch) return;
        runs.Report(epoch.Epoch, LossOf(epoch));
        var verdict = Judge(configuration, epoch.Epoch, last, LossOf(epoch));
        if (epoch.Epoch < last) runs.Verdict ??= verdict;
    }

    private string? Judge(int configuration, int epoch, int last, double loss) => _pruner.Judge(new EpochOfTrial(configuration, epoch, last, loss));
}
