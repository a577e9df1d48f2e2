using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <content>What users have noted on trials.</content>
public sealed partial class LiteStore
{
    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => KeyOf(sweep) is { } key
        ? Read(engine => engine.Range(Collections.Marks, Keys.Trial(key, 0), Keys.Trial(key, int.MaxValue), int.MaxValue)
            .Select(document => (Number: Keys.NumberOf(document["_id"].AsInt64), Mark: MarkDocument.Read(document)))
            .Where(noted => !noted.Mark.IsNone).ToDictionary(noted => noted.Number, noted => noted.Mark))
        : new Dictionary<int, TrialMark>();

    public void Mark(TrialId trial, TrialMark mark)
    {
        if (Find(trial) is null || KeyOf(trial.Sweep) is not { } key) throw new StoreException($"there is no trial {trial}");
        Change(engine => engine.Put(Collections.Marks, [MarkDocument.Of(Keys.Trial(key, trial.Number), mark)]));
    }
}
