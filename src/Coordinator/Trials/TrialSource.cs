using FashionSweep.Coordinator.Pruning;
using FashionSweep.Coordinator.Sampling;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Trials;

/// <summary>The trials of a sweep: each configuration once for each of its seeds, judged and told to the sampler as one.</summary>
/// <remarks>Trial number n is repeat (n - 1) mod R of configuration (n - 1) / R, for R repeats.</remarks>
internal sealed class TrialSource : ITrialSource
{
    private readonly string _sweep;
    private readonly SweepSpec _spec;
    private readonly ISampler _sampler;
    private readonly IPruner _pruner;
    private readonly Configurations _configurations;

    // Only those with a trial that may still run.
    private readonly Dictionary<int, ConfigurationRuns> _open = [];
    private int _count;
    private int _number;
    private int _skipped;

    /// <param name="earlier">What is stored of the sweep.</param>
    /// <param name="epochs">The epochs that are stored of it, in the order in which they ended.</param>
    public TrialSource(string sweep, SweepSpec spec, IReadOnlyList<TrialRecord> earlier, IReadOnlyList<EpochRecord> epochs)
    {
        (_sweep, _spec, _sampler, _pruner, _count) = (sweep, spec, Samplers.For(spec), Pruners.For(spec.Pruning, spec.Objective), Configurations.CountOf(spec));
        foreach (var trial in earlier) Recall(trial);
        _configurations = new Configurations(spec, _sampler, [.. _open.Values.Select(runs => runs.Chosen)]);
        _number = earlier.Count == 0 ? 0 : earlier[^1].Spec.Id.Number;
        _skipped = _number - earlier.Count;
        var lengths = earlier.ToDictionary(trial => trial.Spec.Id, trial => EpochsOf(trial.Spec.Parameters));
        foreach (var epoch in epochs) Reach(ConfigurationOf(epoch.Trial), epoch.Report, lengths[epoch.Trial]);
        foreach (var trial in earlier.Where(trial => trial.State is not (TrialState.Pending or TrialState.Running))) Ended(trial.Spec, trial.State, trial.Result);
    }

    /// <summary>How many trials a sweep has in all, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => Configurations.CountOf(spec) * spec.Repeats.Seeds;

    public int Total => (_count * Repeats) - _skipped;

    private int Repeats => _spec.Repeats.Seeds;

    public TrialSpec? Next()
    {
        while (_number < _count * Repeats)
        {
            var id = new TrialId(_sweep, _number + 1);
            var repeat = _number % Repeats;
            if (repeat == 0 && !Open(ConfigurationOf(id))) return null;
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
        _sampler.Tell(runs.Observe(configuration, _spec.Repeats.Aggregate));
        _open.Remove(configuration);
    }

    private static int EpochsOf(ParameterSet parameters) => parameters["epochs"] is ParameterValue.Whole { Value: var epochs } ? (int)epochs : 1;

    private int ConfigurationOf(TrialId trial) => ((trial.Number - 1) / Repeats) + 1;

    private double LossOf(EpochReport epoch) => _spec.Objective.LossOf(epoch);

    private bool Open(int configuration)
    {
        if (_configurations.Next() is not { } chosen)
        {
            _count = configuration - 1;
            return false;
        }
        _open[configuration] = new ConfigurationRuns(chosen);
        _sampler.Tell(new Observation(configuration, chosen, Standing.Running));
        return true;
    }

    private TrialSpec Start(TrialId id, ConfigurationRuns runs, int repeat)
    {
        runs.Start();
        var complete = Hyperparameters.Complete(runs.Chosen, _spec.Seed);
        // Another seed for its weights and its order of batches; the split stays, so that repeats are compared on the same images.
        if (repeat > 0) complete = complete.With([new("seed", _spec.Seed + repeat)]);
        return new TrialSpec(id, complete, _spec.Objective);
    }

    private void Recall(TrialRecord trial)
    {
        var configuration = ConfigurationOf(trial.Spec.Id);
        if (!_open.TryGetValue(configuration, out var runs))
        {
            var known = trial.Spec.Parameters;
            _open[configuration] = runs = new ConfigurationRuns(ChosenIn(known, configuration));
            _sampler.Tell(new Observation(configuration, runs.Chosen, Standing.Running));
        }
        runs.Start();
        if (trial.State == TrialState.Pruned) runs.Verdict = trial.Reason;
    }

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
