using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>What a store has of one sweep, for the source that goes on with it.</summary>
public sealed class StoredHistory(ITrialStore store, string sweep) : ITrialHistory
{
    public int Total => store.Sweeps().Single(record => record.Name == sweep).Total;

    public IReadOnlyList<TrialOutline> Outlines() => store.Outlines(sweep);

    public IReadOnlyList<PastTrial> Trials() => [.. store.Trials(sweep).Select(Past)];

    public IReadOnlyList<PastTrial> Trials(IReadOnlyCollection<int> numbers)
    {
        // Most of those that are asked for are unfinished, and come at once.
        var unfinished = store.Trials(sweep, TrialsThat.AreUnfinished).ToDictionary(trial => trial.Spec.Id.Number);
        return [.. numbers.Order().Select(number => Past(unfinished.GetValueOrDefault(number) ?? store.Find(new TrialId(sweep, number))!))];
    }

    public IReadOnlyList<EpochRecord> Epochs() => store.Epochs(sweep);

    public IReadOnlyList<EpochRecord> Epochs(IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs) => store.Epochs(sweep, trials, epochs);

    public IReadOnlyList<Extension> Extensions() =>
        [.. store.Changes(sweep).Select(record => record.Change).OfType<SweepChange.Extended>().Select(change => change.AsExtension())];

    private static PastTrial Past(TrialRecord trial) => new(trial.Spec, trial.State, trial.Result, trial.Reason);
}
