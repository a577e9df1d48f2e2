using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>So many trials without parameters, and whatever verdicts a test wants.</summary>
internal sealed class NumberedTrials(int total, IReadOnlyList<TrialRecord> earlier) : ITrialSource
{
    private readonly HashSet<int> _started = [.. earlier.Select(trial => trial.Spec.Id.Number)];
    private int _number;

    public string Sweep { get; init; } = "quick";

    public int Total { get; private set; } = total;

    public SweepSpec Spec { get; set; } = new("quick", SearchMethod.Random, Objective.Default, Engine.Space([]), total, Seed: 1);

    public Func<TrialSpec, EpochReport, string?> Verdict { get; init; } = (_, _) => null;

    public List<(int Number, TrialState State)> Told { get; } = [];

    public TrialSpec? Next()
    {
        while (_number < Total)
            if (_started.Add(++_number)) return SweepBench.Spec(_number, Sweep);
        return null;
    }

    public string? Judge(TrialSpec trial, EpochReport epoch) => Verdict(trial, epoch);

    public bool Knows(ParameterSet complete) => false;

    public void Extend(Extension extension) => Total += extension.Configurations;

    public void Ended(TrialSpec trial, TrialState state, TrialResult? result) => Told.Add((trial.Id.Number, state));

    /// <summary>The sweep turns out to have fewer.</summary>
    public void Shrink(int total) => Total = total;
}
