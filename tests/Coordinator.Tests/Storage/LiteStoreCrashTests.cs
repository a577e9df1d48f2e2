using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage.Durable;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A crash at any moment of a sweep: each event that was stored is there, each batch whole or not at all, and it goes on.</summary>
public sealed class LiteStoreCrashTests
{
    private static readonly StoreFolder Folder = new("store");

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void EachEventThatWasStoredIsThere(int most)
    {
        var (disk, batches) = (new RecordedDisk(), Batches(new Random(5), most));
        var moments = new List<int>();
        using (var store = LiteStore.OpenOn(disk, Folder, writing: true))
        {
            store.Add(Sweep());
            moments.Add(disk.Steps.Count);
            foreach (var batch in batches)
            {
                store.Append(batch);
                moments.Add(disk.Steps.Count);
            }
        }
        var (crashed, chance) = (new CrashedDisk(disk.Steps), new Random(5));
        for (; !crashed.IsAtEnd; crashed.Advance())
        {
            if (crashed.Moment % 3 != 0) continue;
            var stored = moments.FindLastIndex(moment => moment <= crashed.Moment);
            foreach (var left in new[] { crashed.Killed(), crashed.PowerCut(chance) })
                if (stored >= 0) Holds(left, batches, stored);
        }
    }

    // The first so many batches, or one more that was under way; and from there on all the others.
    private static void Holds(RecordedDisk left, List<SweepEvent[]> batches, int stored)
    {
        using var store = LiteStore.OpenOn(left, Folder, writing: true);
        var model = Model(batches.Take(stored));
        if (!IsAs(store, model) && stored < batches.Count) model.Append(batches[stored++]);
        IsAs(store, model).ShouldBeTrue();
        foreach (var batch in batches.Skip(stored))
        {
            store.Append(batch);
            model.Append(batch);
        }
        IsAs(store, model).ShouldBeTrue();
    }

    private static InMemoryStore Model(IEnumerable<SweepEvent[]> batches)
    {
        var model = new InMemoryStore();
        model.Add(Sweep());
        foreach (var batch in batches) model.Append(batch);
        return model;
    }

    private static bool IsAs(LiteStore store, InMemoryStore model) =>
        store.Trials("quick").SequenceEqual(model.Trials("quick")) && store.Epochs("quick").SequenceEqual(model.Epochs("quick"))
        && store.FiguresOf("quick").SequenceEqual(Figures.Of(model.Trials("quick")))
        && store.Tally(store.Sweeps()[0]) == ((ITrialRecords)model).Tally(model.Sweeps()[0])
        && model.Trials("quick").All(trial => store.Attempts(trial.Spec.Id).SequenceEqual(model.Attempts(trial.Spec.Id)));

    // Trials that start, report, are lost and end, in batches of one to so many events.
    private static List<SweepEvent[]> Batches(Random chance, int most)
    {
        var events = new List<SweepEvent>();
        for (var number = 1; number <= 6; number++)
        {
            var attempt = 1;
            events.Add(Started(Lease(number), second: number));
            if (chance.Next(2) == 0)
                events.AddRange([Ended(Lease(number), Epoch(1)), Lost(Lease(number), number), Started(Lease(number, ++attempt), second: number)]);
            events.AddRange(Enumerable.Range(1, 3).Select(epoch => Ended(Lease(number, attempt), Epoch(epoch, loss: chance.NextDouble()))));
            events.Add(chance.Next(3) == 0 ? Failed(Lease(number, attempt)) : Completed(Lease(number, attempt), Result(chance.NextDouble())));
        }
        var batches = new List<SweepEvent[]>();
        for (var at = 0; at < events.Count; at += batches[^1].Length) batches.Add([.. events.Skip(at).Take(chance.Next(1, most + 1))]);
        return batches;
    }
}
