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
    }

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheyAreReadAsTheyAre(int version)
    {
        MakeFormer(version);
        using var store = LiteStore.OpenOn(_disk, Folder, writing: false);
        store.Trials("quick").ShouldBe(_model.Trials("quick"));
        store.FiguresOf("quick").ShouldBe(Figures.Of(_model.Trials("quick")));
        store.Tally(store.Sweeps()[0]).ShouldBe(((ITrialRecords)_model).Tally(_model.Sweeps()[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheyGoOn(int version)
    {
        MakeFormer(version);
        using (var store = LiteStore.OpenOn(_disk, Folder, writing: true))
        {
            Says(store);
            GoOn(store);
        }
        using (var next = LiteStore.OpenOn(_disk, Folder, writing: false)) Says(next);
        using var database = Database.OpenForReading(_disk, Folder.Database, 3);
        database.Version.ShouldBe(3);
        database.Read(engine => engine.All("places")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ACrashAtAnyMomentOfTheirUpgradeLeavesThemWhole(int version)
    {
        MakeFormer(version);
        var begun = _disk.Steps.Count;
        LiteStore.OpenOn(_disk, Folder, writing: true).Dispose();
        var (crashed, chance) = (new CrashedDisk(_disk.Steps), new Random(3));
        for (; !crashed.IsAtEnd; crashed.Advance())
        {
            if (crashed.Moment < begun) continue;
            // By turns, and the other way round in the other version's upgrade.
            using var store = LiteStore.OpenOn((crashed.Moment + version) % 2 == 0 ? crashed.Killed() : crashed.PowerCut(chance), Folder, writing: true);
            Says(store);
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
        store.Tally(store.Sweeps()[0]).ShouldBe(((ITrialRecords)_model).Tally(_model.Sweeps()[0]));
        store.Top("quick", 9).Select(trial => trial.Spec.Id.Number).ShouldBe(
            _model.Trials("quick").Where(trial => trial.Result is not null).Select(trial => trial.Spec.Id.Number));
        store.Keeps(Result().Checkpoint).ShouldBe(_model.Keeps(Result().Checkpoint));
    }

    // As a release of it has left it.
    private void MakeFormer(int version)
    {
        using var database = Database.OpenForWriting(_disk, Folder.Database, 3, _ => { });
        database.Commit(engine =>
        {
            engine.Remove(Collections.Best, [.. engine.All(Collections.Best).Select(document => document["_id"])]);
            // In an order that nobody relies on.
            engine.Insert("places", [.. Enumerable.Range(1, 300).Select(number =>
                new BsonDocument { ["_id"] = new byte[] { 0, 0, 0, 1, (byte)number, (byte)(number >> 8) } })]);
            if (version > 1) return;
            engine.Remove(Collections.Figures, [.. engine.All(Collections.Figures).Select(document => document["_id"])]);
            var checkpoints = engine.All(Collections.Checkpoints);
            engine.Remove(Collections.Checkpoints, [.. checkpoints.Select(document => document["_id"])]);
            engine.Insert(Collections.Checkpoints, [.. checkpoints.Select(ByHash)]);
            var tally = engine.All(Collections.Tallies).Single();
            tally.Remove("figures");
            engine.Change(Collections.Tallies, [tally]);
        });
        database.Read(engine => engine.Pragma("USER_VERSION", version));
        database.Version.ShouldBe(version);
    }

    private static BsonDocument ByHash(BsonDocument checkpoint)
    {
        var former = new BsonDocument(checkpoint) { ["_id"] = $"{checkpoint["sha256"].AsString}/{checkpoint["_id"].AsInt64:x16}" };
        former.Remove("sha256");
        return former;
    }
}
