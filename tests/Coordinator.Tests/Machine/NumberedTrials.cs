using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>So many trials without parameters, and whatever verdicts a test wants.</summary>
internal sealed class NumberedTrials(int total, IReadOnlyList<TrialRecord> earlier) : ITrialSource
{
    private static readonly ParameterSet Torch = new([KeyValuePair.Create(EngineNames.Parameter, (ParameterValue)EngineNames.TorchSharp)]);
    private readonly HashSet<int> _started = [.. earlier.Select(trial => trial.Spec.Id.Number)];
    private int _number;

    /// <summary>Of every second trial, from the first on, it is torchsharp.</summary>
    public bool HasTwoEngines
    {
        get;
        init
        {
            field = value;
            var choice = new SearchDomain.Choices(["torchsharp", "native"]);
            if (value) Spec = Spec with { Space = Engine.Space([new SearchParameter(EngineNames.Parameter, choice)]) };
        }
    }

    public static EngineSet Both { get; } = new([EngineNames.Native, EngineNames.TorchSharp]);

    public string Sweep { get; init; } = "quick";

    public int Total { get; private set; } = total;

    public SweepSpec Spec { get; set; } = new("quick", SearchMethod.Random, Objective.Default, Engine.Space([]), total, Seed: 1);

    public Func<TrialSpec, EpochReport, string?> Verdict { get; init; } = (_, _) => null;

    public List<(int Number, TrialState State)> Told { get; } = [];

    public TrialSpec? Next()
    {
        while (_number < Total)
            if (_started.Add(++_number)) return SpecOf(_number);
        return null;
    }

    public TrialSpec SpecOf(int number) => SweepBench.Spec(number, Sweep) with
    {
        Parameters = HasTwoEngines && number % 2 == 1 ? Torch : ParameterSet.Empty,
    };

    public string? Judge(TrialSpec trial, EpochReport epoch) => Verdict(trial, epoch);

    public bool Knows(ParameterSet complete) => false;

    public void Extend(Extension extension) => Total += extension.Configurations;

    public void Ended(TrialSpec trial, TrialState state, TrialResult? result) => Told.Add((trial.Id.Number, state));

    /// <summary>The sweep turns out to have fewer.</summary>
    public void Shrink(int total) => Total = total;
}
