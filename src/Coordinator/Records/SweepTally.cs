using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>What the trials of a sweep add up to.</summary>
/// <param name="Finished">With a final state, whichever.</param>
/// <param name="Best">Of the single trials by the sweep's objective; null while none is completed.</param>
public sealed record SweepTally(int Finished, int Pruned, int Diverged, int Failed, TrialRecord? Best)
{
    public static SweepTally None { get; } = new(0, 0, 0, 0, null);

    public static SweepTally Of(Objective objective, IReadOnlyList<TrialRecord> trials) => Of(
        trials.CountBy(trial => trial.State).ToDictionary(),
        trials.Where(trial => trial.Result is not null).MinBy(trial => objective.PlaceOf(trial.Result!, trial.Spec.Id.Number)));

    /// <param name="counts">How many trials there are in each state.</param>
    public static SweepTally Of(IReadOnlyDictionary<TrialState, int> counts, TrialRecord? best) => new(
        counts.Where(count => count.Key is not (TrialState.Pending or TrialState.Running)).Sum(count => count.Value),
        counts.GetValueOrDefault(TrialState.Pruned), counts.GetValueOrDefault(TrialState.Diverged), counts.GetValueOrDefault(TrialState.Failed), best);

    /// <summary>One trial more has got its final state.</summary>
    /// <param name="trial">Null where no more is known of it.</param>
    public SweepTally Add(TrialState state, TrialRecord? trial) => this with
    {
        Finished = Finished + 1,
        Pruned = Pruned + (state == TrialState.Pruned ? 1 : 0),
        Diverged = Diverged + (state == TrialState.Diverged ? 1 : 0),
        Failed = Failed + (state == TrialState.Failed ? 1 : 0),
        Best = trial is { Result: not null } && (Best is null || PlaceOf(trial).CompareTo(PlaceOf(Best)) < 0) ? trial : Best,
    };

    /// <summary>So many failed trials are to run again.</summary>
    public SweepTally Reopen(int failed) => this with { Finished = Finished - failed, Failed = Failed - failed };

    private static (double, double, int) PlaceOf(TrialRecord trial) => trial.Spec.Objective.PlaceOf(trial.Result!, trial.Spec.Id.Number);
}
