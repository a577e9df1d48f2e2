using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>What the trials of a sweep add up to.</summary>
/// <param name="Finished">With a final state, whichever.</param>
/// <param name="Best">Of the single trials by the sweep's objective; null while none is completed.</param>
public sealed record SweepTally(int Finished, int Pruned, int Diverged, int Failed, TrialRecord? Best)
{
    public static SweepTally Of(Objective objective, IReadOnlyList<TrialRecord> trials) => Of(
        trials.CountBy(trial => trial.State).ToDictionary(),
        trials.Where(trial => trial.Result is not null).MinBy(trial => objective.PlaceOf(trial.Result!, trial.Spec.Id.Number)));

    /// <param name="counts">How many trials there are in each state.</param>
    public static SweepTally Of(IReadOnlyDictionary<TrialState, int> counts, TrialRecord? best) => new(
        counts.Where(count => count.Key is not (TrialState.Pending or TrialState.Running)).Sum(count => count.Value),
        counts.GetValueOrDefault(TrialState.Pruned), counts.GetValueOrDefault(TrialState.Diverged), counts.GetValueOrDefault(TrialState.Failed), best);
}
