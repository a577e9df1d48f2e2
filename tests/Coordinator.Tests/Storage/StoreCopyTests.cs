using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class StoreCopyTests : IDisposable
{
    private readonly KeptStore _kept = new();

    private StoreFolder To => _kept.Beside("copy");

    public void Dispose() => _kept.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ACopyIsAStoreLikeAnyOther(bool isAtRest)
    {
        using var store = _kept.Fill();
        var trials = store.Trials("quick");
        if (isAtRest) store.Dispose();

        StoreCopy.Make(_kept.Folder, To, default).Checkpoints.ShouldBe(2);

        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(To.Database).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var copy = LiteStore.OpenForWriting(To);
        copy.Trials("quick").ShouldBe(trials);
        foreach (var trial in trials.Where(trial => trial.Result is not null)) new CheckpointFolder(To.Checkpoints).Read(trial.Result!.Checkpoint);
        copy.Append([Completed(Lease(3))]);
        Directory.GetFileSystemEntries(_kept.Beside("").Path).Select(Path.GetFileName).Order().ShouldBe(["copy", "store"]);
    }

    [Fact]
    public void WhatIsStoredMeanwhileIsInTheStoreAndNotInTheCopy()
    {
        using var store = _kept.Fill();
        using var copied = new MemoryStream();
        foreach (var page in store.Copy())
        {
            copied.Write(page);
            store.Append([Ended(Lease(3), Epoch((int)copied.Length / page.Length))]);
        }

        To.Make();
        File.WriteAllBytes(To.Database, copied.ToArray());
        using var copy = LiteStore.OpenForReading(To);
        copy.Epochs(Lease(3).Trial, 1).ShouldBeEmpty();
        var epochs = store.Epochs(Lease(3).Trial, 1);
        epochs.Count.ShouldBeGreaterThan(1);
        store.Dispose();
        using var reader = LiteStore.OpenForReading(_kept.Folder);
        reader.Epochs(Lease(3).Trial, 1).ShouldBe(epochs);
    }

    /// <summary>Whatever the log has by then, and the database has not.</summary>
    [Fact]
    public void ACopyOfEachMomentHasAllThatWasStoredByThen()
    {
        using var store = _kept.Fill();
        for (var moment = 1; moment <= 20; moment++)
        {
            store.Append([Ended(Lease(3), Epoch(moment))]);
            var to = _kept.Beside($"copy-{moment}");
            to.Make();
            StoreCopy.Database(_kept.Folder, to, default);
            using var copy = LiteStore.OpenForReading(to);
            copy.Epochs(Lease(3).Trial, 1).Count.ShouldBe(moment);
            copy.Trials("quick").ShouldBe(store.Trials("quick"));
        }
    }

    [Fact]
    public void AStoreThatIsClosedDuringACopyKeepsItsLogAndTheNextOneGoesOn()
    {
        var store = _kept.Fill();
        var trials = store.Trials("quick");
        using var pages = store.Copy().GetEnumerator();
        pages.MoveNext().ShouldBeTrue();
        store.Dispose();
        var copied = new List<byte[]> { pages.Current };
        while (pages.MoveNext()) copied.Add(pages.Current);

        To.Make();
        File.WriteAllBytes(To.Database, [.. copied.SelectMany(page => page)]);
        using (var copy = LiteStore.OpenForReading(To)) copy.Trials("quick").ShouldBe(trials);
        using var next = LiteStore.OpenForWriting(_kept.Folder);
        next.Trials("quick").ShouldBe(trials);
    }

    [Fact]
    public void NothingIsWrittenOver()
    {
        using var store = _kept.Fill();
        Directory.CreateDirectory(To.Path);
        File.WriteAllText(Path.Combine(To.Path, "mine"), "mine");

        Should.Throw<StoreException>(() => StoreCopy.Make(_kept.Folder, To, default)).Message
            .ShouldBe($"{To}: there is something in it: name a folder that is new, or empty");

        Directory.GetFileSystemEntries(To.Path).ShouldHaveSingleItem();
        Directory.Exists(To.Path + ".part").ShouldBeFalse();
    }

    [Fact]
    public void WhoeverStopsItLeavesNothing()
    {
        using var store = _kept.Fill();

        Should.Throw<OperationCanceledException>(() => StoreCopy.Make(_kept.Folder, To, new CancellationToken(canceled: true)));

        Directory.GetFileSystemEntries(_kept.Beside("").Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void ACheckpointThatIsLostIsNamed()
    {
        using var store = _kept.Fill();
        File.Delete(_kept.Folder.PathOf(store.Find(new TrialId("quick", 1))!.Result!.Checkpoint));

        var (checkpoints, lost) = StoreCopy.Make(_kept.Folder, To, default);

        (checkpoints, lost.ShouldHaveSingleItem()).ShouldBe((1, new TrialId("quick", 1)));
    }
}
