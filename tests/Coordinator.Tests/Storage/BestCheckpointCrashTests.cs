using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Coordinator.Tests.Storage.Durable;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>
/// A crash at any moment while checkpoints go into the database and out of it: none is inside by half, no part is left of one that isn't, and the next that
/// opens the store finishes it.
/// </summary>
public sealed class BestCheckpointCrashTests
{
    private const int Retain = 2;

    private static readonly StoreFolder Folder = new("store");
    private static readonly Lazy<(RecordedDisk Disk, List<int> Settled)> Run = new(Record);

    [Fact]
    public void AKillAtAnyMomentLeavesNothingHalfAndNothingOrphaned() => Holds((disk, _) => disk.Killed());

    [Fact]
    public void APowerCutAtAnyMomentLeavesNothingHalfAndNothingOrphaned() => Holds((disk, chance) => disk.PowerCut(chance));

    // Four times a sweep ends and goes on, and each time another trial is the best: one goes in, in one chunk or two, from the third on another one out.
    private static (RecordedDisk Disk, List<int> Settled) Record()
    {
        var (disk, settled) = (new RecordedDisk(), new List<int>());
        using var store = LiteStore.OpenOn(disk, Folder, writing: true);
        store.Add(Sweep() with { Retain = Retain });
        for (var number = 1; number <= 4; number++)
        {
            store.Append([new SweepEvent.SweepStarted(At(1), "quick", 4, 0)]);
            store.Complete(disk, Folder, number, accuracy: number / 10.0, bytes: number % 2 == 0 ? 10_000 : 270_000);
            store.Append([new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.Complete)]);
            store.KeepBest("quick");
            settled.Add(disk.Steps.Count);
        }
        return (disk, settled);
    }

    private static void Holds(Func<CrashedDisk, Random, RecordedDisk> crash)
    {
        var (disk, chance, checkedMoments) = (new CrashedDisk(Run.Value.Disk.Steps), new Random(5), 0);
        for (; !disk.IsAtEnd; disk.Advance())
        {
            if (disk.Moment % 3 != 0) continue;
            var left = crash(disk, chance);
            if (!left.Exists(Folder.Database)) continue;
            checkedMoments++;
            using (var reader = LiteStore.OpenOn(left, Folder, writing: false)) IsWhole(left, reader, disk.Moment);
            using var store = LiteStore.OpenOn(left, Folder, writing: true);
            if (store.Sweeps() is not [var sweep]) continue;
            HasWhatCounts(left, store, sweep);
            store.End();
            HasWhatCounts(left, store, store.Sweeps()[0]);
        }
        checkedMoments.ShouldBeGreaterThan(80);
    }

    // As it is found: what is inside is all of it, and what was done is.
    private static void IsWhole(RecordedDisk left, LiteStore reader, int moment)
    {
        var inside = Inside(left, reader);
        if (Run.Value.Settled.Count(settled => settled <= moment) is > 0 and var best) inside.ShouldContain(best, $"moment {moment}");
    }

    // Of one that has ended exactly the best; of one that runs what was inside.
    private static void HasWhatCounts(RecordedDisk left, LiteStore store, SweepRecord sweep)
    {
        var inside = Inside(left, store);
        if (sweep.End is not null)
            inside.ShouldBe(store.Trials("quick").Where(trial => trial.Result is not null).Select(trial => trial.Spec.Id.Number).TakeLast(Retain));
    }

    /// <returns>The numbers of the trials whose checkpoints are in the database.</returns>
    private static List<int> Inside(RecordedDisk left, LiteStore store)
    {
        using var database = Database.OpenForReading(left, Folder.Database, version: 3);
        var (files, chunks) = database.Read(engine => (engine.All(Collections.Files), engine.All(Collections.Chunks)));
        var inside = store.Trials("quick").Where(trial => trial.Result is { Checkpoint: var one } && store.BytesOf(one) is { } bytes
            && CheckpointSamples.Sha256(bytes) == one.Sha256).ToList();
        files.Select(file => file["_id"].AsString).ShouldBe(inside.Select(trial => trial.Spec.Id.ToString()));
        chunks.Sum(chunk => (long)chunk["data"].AsBinary.Length).ShouldBe(inside.Sum(trial => trial.Result!.Checkpoint.Bytes));
        return [.. inside.Select(trial => trial.Spec.Id.Number)];
    }
}
