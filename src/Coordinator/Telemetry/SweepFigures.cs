using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>What the events of one sweep add up to, as long as this process has known it.</summary>
internal sealed class SweepFigures(string name)
{
    public static readonly IReadOnlyList<TrialState> FinalStates = [TrialState.Completed, TrialState.Pruned, TrialState.Diverged, TrialState.Failed];

    private readonly long[] _finished = new long[Enum.GetValues<TrialState>().Length];
    private readonly long[] _returned = new long[Enum.GetValues<AttemptEnd>().Length];

    public KeyValuePair<string, object?> Tag { get; } = new("sweep", name);

    /// <summary>Trials started for the first time.</summary>
    public long Started { get; private set; }

    public long Attempts { get; private set; }

    public long Running { get; set; }

    public long Epochs { get; private set; }

    public double EpochSeconds { get; private set; }

    /// <summary>How many trials the sweep has.</summary>
    public long Planned { get; set; }

    /// <summary>How many of them have a final state, those before this process included.</summary>
    public long Done { get; set; }

    /// <summary>Null until a trial has been seen.</summary>
    public Objective? Objective { get; set; }

    /// <summary>Of the objective; null until a trial is completed.</summary>
    public double? Best { get; private set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public long Finished(TrialState state) => _finished[(int)state];

    public long Returned(AttemptEnd end) => _returned[(int)end];

    public void Start(SweepEvent.TrialStarted started)
    {
        Objective ??= started.Spec.Objective;
        Attempts++;
        if (started.Lease.Attempt == 1) Started++;
    }

    public void Add(EpochReport report)
    {
        Epochs++;
        EpochSeconds += report.Seconds;
    }

    public void Return(AttemptEnd end) => _returned[(int)end]++;

    public void Finish(TrialState state, TrialResult? result)
    {
        _finished[(int)state]++;
        Done++;
        Rank(result);
    }

    /// <summary>The objective's best value stays that of the best trial.</summary>
    public void Rank(TrialResult? result)
    {
        if (result is null || Objective is not { } objective) return;
        var value = objective.Of(result);
        if (!double.IsNaN(value) && (Best is not { } best || objective.IsBetter(value, best))) Best = value;
    }

    public string MetricName => Objective is { } objective ? EnumText.Of(objective.Metric) : "";
}
