using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Coordinator.Tests.Storage.Durable;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using LiteDB;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>When a sweep has ended, the database has the checkpoints that count, whatever becomes of their files.</summary>
public sealed class BestCheckpointTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly LiteStore _store;

    public BestCheckpointTests() => _store = LiteStore.OpenForWriting(Folder);

    private StoreFolder Folder => _temporary.Folder;

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void TheBestOneAndThoseThatAreRetainedAreInside(int? retain, int inside)
    {
        _store.Add(Sweep() with { Retain = retain });
        Checkpoint[] bestFirst = [Complete(1, 0.9), Complete(2, 0.8), Complete(3, 0.7)];
        _store.KeepBest("quick");
        bestFirst.ShouldAllBe(checkpoint => _store.BytesOf(checkpoint) == null, "it runs");
        _store.End();
        bestFirst.Select(_store.BytesOf).TakeWhile(bytes => bytes is not null).Select(Sha256).ShouldBe(bestFirst.Take(inside).Select(one => one.Sha256));
    }

    [Fact]
    public void WhatIsLeftToDoIsDoneWhenTheStoreIsOpened()
    {
        _store.Add(Sweep());
        var best = Complete(1, 0.9);
        _store.Append([new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.Complete)]);
        _store.Dispose();
        using var next = LiteStore.OpenForWriting(Folder);
        Sha256(next.BytesOf(best)).ShouldBe(best.Sha256);
    }

    [Fact]
    public void AFileThatIsDamagedComesInWhenItIsPutRight()
    {
        _store.Add(Sweep());
        var best = Complete(1, 0.9);
        var whole = File.ReadAllBytes(Folder.PathOf(best));
        File.WriteAllBytes(Folder.PathOf(best), [1, 2, 3]);
        _store.End();
        _store.BytesOf(best).ShouldBeNull();
        File.WriteAllBytes(Folder.PathOf(best), whole);
        _store.KeepBest("quick");
        _store.BytesOf(best).ShouldBe(whole);
    }

    [Fact]
    public void OneThatIsNotKeptIsNotInside()
    {
        _store.Add(Sweep());
        var best = Complete(1, 0.9);
        _store.Append([new SweepEvent.CheckpointDiscarded(At(3), Lease(1).Trial, best)]);
        _store.End();
        _store.BytesOf(best).ShouldBeNull();
    }

    [Fact]
    public void TheSpaceOfOneThatIsBeatenIsUsedAgain()
    {
        var (disk, pages, best) = (new RecordedDisk(), new List<long>(), new List<Checkpoint>());
        for (var number = 1; number <= 10; number++)
        {
            using (var store = LiteStore.OpenOn(disk, Folder, writing: true))
            {
                if (number == 1) store.Add(Sweep(total: 10));
                store.Append([new SweepEvent.SweepStarted(At(1), "quick", 10, 0)]);
                best.Add(store.Complete(disk, Folder, number, accuracy: number / 10.0, bytes: 700_000));
                store.End();
                best.FindAll(one => store.BytesOf(one) is not null).ShouldBe([best[^1]]);
            }
            pages.Add(disk.Names[Folder.Database].Length / PageStream.PageBytes);
        }
        // Of the records and of what is in each of the trials.
        (pages[^1] - pages[1]).ShouldBeLessThan(20, string.Join(", ", pages));
        using (var store = LiteStore.OpenOn(disk, Folder, writing: true))
        {
            store.Append([new SweepEvent.CheckpointDiscarded(At(10), Lease(10).Trial, best[^1])]);
            store.End();
        }
        var free = disk.Names[Folder.Database].ToArray().Chunk(PageStream.PageBytes).Count(page => PageFile.IsFree(page));
        free.ShouldBeInRange(700_000 / PageStream.PageBytes, 2 * 700_000 / PageStream.PageBytes);
    }

    [Fact]
    public void LiteDbsOwnFileStorageHasIt()
    {
        _store.Add(Sweep());
        var best = Complete(1, 0.9, bytes: 600_000);
        _store.End();
        _store.Dispose();
        using var database = new LiteDatabase(new MemoryStream(File.ReadAllBytes(Folder.Database)));
        var file = database.FileStorage.FindAll().ShouldHaveSingleItem();
        (file.Id, file.Filename, file.Length, file.Chunks).ShouldBe(("quick/1", "quick-1.safetensors", 600_000, 3));
        (file.Metadata["trial"].AsString, file.Metadata["sha256"].AsString).ShouldBe(("quick/1", best.Sha256));
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        Sha256(bytes.ToArray()).ShouldBe(best.Sha256);
    }

    [Fact]
    public void WithoutItsFileItIsHeldFromTheDatabase()
    {
        _store.Add(Sweep());
        var (best, other) = (Complete(1, 0.9), Complete(2, 0.8));
        _store.End();
        Directory.Delete(Folder.Checkpoints, recursive: true);
        HoldsTheBestAlone();
        _store.Dispose();
        HoldsTheBestAlone();

        void HoldsTheBestAlone()
        {
            using var held = Folder.Hold(best, default)!;
            Sha256(File.ReadAllBytes(held.Folder.PathOf(best))).ShouldBe(best.Sha256);
            Folder.Hold(other, default).ShouldBeNull();
        }
    }

    [Fact]
    public void ItsFileIsPutBackForThoseWhoReadNothingElse()
    {
        _store.Add(Sweep());
        var folder = new CheckpointFolder(Folder.Checkpoints);
        var score = new Score(0.5, 0.5);
        var best = folder.Save(
            new CheckpointRecord(Spec(1), new CheckpointScores(1, 1, score, score, score, 1, "aa"), CheckpointEnvironment.Of(Samples.Machine)),
            [new NamedTensor("w", [1], [1f])]);
        _store.Append([Started(Lease(1)), Completed(Lease(1), Result(0.9) with { Checkpoint = best })]);
        _store.End();
        Directory.Delete(Folder.Checkpoints, recursive: true);
        Folder.PutBack(best);
        folder.Read(best).Tensors.Count.ShouldBe(1);
    }

    [Fact]
    public void OnAFullDiskNoneIsInsideByHalfAndWithRoomItComesIn()
    {
        var disk = new RecordedDisk();
        using var store = LiteStore.OpenOn(disk, Folder, writing: true);
        store.Add(Sweep());
        var best = store.Complete(disk, Folder, 1, accuracy: 0.9, bytes: 300_000);
        store.Append([new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.Complete)]);
        disk.IsFull = true;
        Should.Throw<StoreException>(() => store.KeepBest("quick")).Message.ShouldContain("No space left on device");
        store.BytesOf(best).ShouldBeNull();
        disk.IsFull = false;
        store.KeepBest("quick");
        Sha256(store.BytesOf(best)).ShouldBe(best.Sha256);
    }

    private Checkpoint Complete(int number, double accuracy, int bytes = 300_000) => _store.Complete(new LocalDisk(), Folder, number, accuracy, bytes);

    private static string Sha256(byte[]? bytes) => CheckpointSamples.Sha256(bytes!);
}
