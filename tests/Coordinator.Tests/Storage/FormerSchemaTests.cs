using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Coordinator.Tests.Storage.Durable;
using LiteDB;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>Stores that an earlier release wrote are read, and go on.</summary>
public sealed class FormerSchemaTests : IDisposable
{
    private static readonly StoreFolder Folder = new("store");
    private readonly RecordedDisk _disk = new();
    private readonly InMemoryStore _model = new();

    public FormerSchemaTests()
    {
        using (var store = LiteStore.OpenOn(_disk, Folder, writing: true))
        {
            foreach (var one in new ITrialStore[] { store, _model })
            {
                one.Add(Sweep());
                one.Append([Started(Lease(2)), Ended(Lease(2), Epoch(1)), Started(Lease(1)), Completed(Lease(1)), Started(Lease(3)), Failed(Lease(3))]);
                one.Append([Started(Lease(4)), Completed(Lease(4)), new SweepEvent.CheckpointDiscarded(At(5), Lease(4).Trial, Result().Checkpoint)]);
            }
        }
        AsVersion1(_disk);
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void TheyAreReadAsTheyAre()
    {
        using var store = LiteStore.OpenOn(_disk, Folder, writing: false);
        store.Trials("quick").ShouldBe(_model.Trials("quick"));
        store.FiguresOf("quick").ShouldBe(Figures.Of(_model.Trials("quick")));
    }

    [Fact]
    public void TheyGoOn()
    {
        using (var store = LiteStore.OpenOn(_disk, Folder, writing: true))
        {
            Says(store);
            GoOn(store);
        }
        using var next = LiteStore.OpenOn(_disk, Folder, writing: false);
        Says(next);
    }

    [Fact]
    public void ACrashAtAnyMomentOfTheirUpgradeLeavesThemWhole()
    {
        var begun = _disk.Steps.Count;
        LiteStore.OpenOn(_disk, Folder, writing: true).Dispose();
        var (crashed, chance) = (new CrashedDisk(_disk.Steps), new Random(3));
        for (; !crashed.IsAtEnd; crashed.Advance())
        {
            if (crashed.Moment < begun) continue;
            foreach (var left in new[] { crashed.Killed(), crashed.PowerCut(chance) })
            {
                using var store = LiteStore.OpenOn(left, Folder, writing: true);
                Says(store);
            }
        }
    }

    private void GoOn(LiteStore store)
    {
        foreach (var one in new ITrialStore[] { store, _model })
        {
            one.Append([Completed(Lease(2)), new SweepEvent.SweepChanged(At(6), "quick", new SweepChange.FailedReopened([Lease(3).Trial]), 4)]);
            one.Append([new SweepEvent.CheckpointDiscarded(At(7), Lease(1).Trial, Result().Checkpoint)]);
        }
        Says(store);
    }

    private void Says(LiteStore store)
    {
        store.Trials("quick").ShouldBe(_model.Trials("quick"));
        store.FiguresOf("quick").ShouldBe(Figures.Of(_model.Trials("quick")));
        store.Keeps(Result().Checkpoint).ShouldBe(_model.Keeps(Result().Checkpoint));
    }

    // As a release of it has left it.
    private static void AsVersion1(RecordedDisk disk)
    {
        using var database = Database.OpenForWriting(disk, Folder.Database, 3, _ => { });
        database.Commit(engine =>
        {
            engine.Remove(Collections.Figures, [.. engine.All(Collections.Figures).Select(document => document["_id"])]);
            var checkpoints = engine.All(Collections.Checkpoints);
            engine.Remove(Collections.Checkpoints, [.. checkpoints.Select(document => document["_id"])]);
            engine.Insert(Collections.Checkpoints, [.. checkpoints.Select(ByHash)]);
            var tally = engine.All(Collections.Tallies).Single();
            tally.Remove("figures");
            engine.Change(Collections.Tallies, [tally]);
        });
        database.Read(engine => engine.Pragma("USER_VERSION", 1));
        database.Version.ShouldBe(1);
    }

    private static BsonDocument ByHash(BsonDocument checkpoint)
    {
        var former = new BsonDocument(checkpoint) { ["_id"] = $"{checkpoint["sha256"].AsString}/{checkpoint["_id"].AsInt64:x16}" };
        former.Remove("sha256");
        return former;
    }
}
