using System.Security.Cryptography;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage.Durable;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class LiteStoreTests : TrialStoreContract
{
    private readonly TemporaryStore _temporary = new();

    private StoreFolder Folder => _temporary.Folder;

    public override void Dispose()
    {
        base.Dispose();
        _temporary.Dispose();
    }

    protected override ITrialStore Open() => LiteStore.OpenForWriting(Folder);

    [Fact]
    public void ItAcceptsRefusesAndAnswersAsTheInMemoryStoreDoes()
    {
        var lease = from number in Gen.Choose(1, 3)
                    from attempt in Gen.Choose(1, 3)
                    from node in Gen.Choose(1, 2)
                    select Lease(number, attempt, $"node-{node}");
        var happened = from of in lease
                       from epoch in Gen.Choose(1, 2)
                       from second in Gen.Choose(0, 9)
                       from one in Gen.Frequency(
                           (4, Gen.Constant(Started(of, second: second))),
                           (1, Gen.Constant<SweepEvent>(new SweepEvent.TrialDrawn(At(second), Spec(of.Trial.Number)))),
                           (3, Gen.Constant(Ended(of, Epoch(epoch, second / 10.0), second))),
                           (2, Gen.Constant(Lost(of, second))),
                           (1, Gen.Constant(Completed(of, Result(second / 10.0), second))),
                           (1, Gen.Constant(Failed(of, second: second))),
                           (1, Gen.Constant<SweepEvent>(new SweepEvent.CheckpointDiscarded(At(second), of.Trial, Result().Checkpoint))),
                           (1, Gen.Constant<SweepEvent>(
                               new SweepEvent.SweepChanged(At(second), "quick", new SweepChange.FailedReopened([of.Trial]), 4))))
                       select one;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(happened.ListOf(40).ToArbitrary(), events =>
        {
            var (disk, folder) = (new RecordedDisk(), new StoreFolder("store"));
            using var model = new InMemoryStore();
            model.Add(Sweep());
            // Each goes on from what the one before has left on the disk.
            using (var first = LiteStore.OpenOn(disk, folder, writing: true)) first.Add(Sweep());
            foreach (var some in events.Chunk(15))
            {
                using var tested = LiteStore.OpenOn(disk, folder, writing: true);
                foreach (var one in some) Accepts(tested, one).ShouldBe(Accepts(model, one), one.ToString());
                SaysAsTheModel(tested, model);
            }
            using var reader = LiteStore.OpenOn(disk, folder, writing: false);
            SaysAsTheModel(reader, model);
        }));
    }

    [Fact]
    public void WhatWasStoredIsThereInTheNextProcess()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Completed(Lease(1))]);
        var stored = Store.Trials("quick");
        Store.Dispose();

        using (var reader = LiteStore.OpenForReading(Folder)) reader.Trials("quick").ShouldBe(stored);
        using var writer = LiteStore.OpenForWriting(Folder);
        writer.Trials("quick").ShouldBe(stored);
    }

    [Fact]
    public void ATrialThatRunsGoesOnInTheNextProcess()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1), Spec(1, ("epochs", 200L)))]);
        for (var epoch = 1; epoch <= 100; epoch++) Store.Append([Ended(Lease(1), Epoch(epoch, loss: epoch))]);
        Store.Dispose();

        using var next = LiteStore.OpenForWriting(Folder);
        next.Append([.. Enumerable.Range(101, 100).Select(epoch => Ended(Lease(1), Epoch(epoch, loss: epoch)))]);
        next.Append([Completed(Lease(1))]);
        next.Epochs(Lease(1).Trial, 1).ShouldBe(Enumerable.Range(1, 200).Select(epoch => Epoch(epoch, loss: epoch)));
        next.Find(Lease(1).Trial)!.Epoch.ShouldBe(Epoch(200, loss: 200));
        next.Epochs("quick").Select(epoch => epoch.Report.Epoch).ShouldBe(Enumerable.Range(1, 200));
    }

    [Fact]
    public void MoreTrialsThanAreReadAtOnceComeWhole()
    {
        Store.Add(Sweep(total: 600));
        foreach (var some in Enumerable.Range(1, 600).Chunk(100))
            Store.Append([.. some.SelectMany(number => new[] { Started(Lease(number)), Failed(Lease(number)) })]);
        Store.Trials("quick").Select(trial => trial.Spec.Id.Number).ShouldBe(Enumerable.Range(1, 600));
        Store.Trials("quick", after: 10, most: 300).Select(trial => trial.Spec.Id.Number).ShouldBe(Enumerable.Range(11, 300));
    }

    [Fact]
    public void MorePartsOfFiguresThanAreReadAtOnceComeWhole()
    {
        Store.Add(Sweep(total: 400));
        // Each fills a part by itself.
        var reason = new string('x', 8000);
        foreach (var some in Enumerable.Range(1, 300).Chunk(100))
            Store.Append([.. some.SelectMany(number => new[] { Started(Lease(number)), Failed(Lease(number), reason) })]);
        Store.Append([Started(Lease(301))]);
        var page = Store.Figures("quick");
        (page.Parts.Count, page.Next).ShouldBe((256, 256));
        // What ends between two pages is not missed.
        Store.Append([Failed(Lease(301), reason)]);
        Figures.Read("quick", [page, Store.Figures("quick", after: 256)]).ShouldBe(Figures.Of(Store.Trials("quick")));
        Store.FiguresOf("quick").Count.ShouldBe(301);
    }

    [Fact]
    public void TheBestComeInTheOrderOfTheLeaderboardHoweverManyAreWanted()
    {
        Store.Add(Sweep(total: 400));
        var chance = new Random(3);
        foreach (var some in Enumerable.Range(1, 400).Chunk(100))
        {
            Store.Append([.. some.SelectMany(number => number % 3 == 0
                ? new[] { Started(Lease(number)), Failed(Lease(number)) }
                : [Started(Lease(number)), Completed(Lease(number), Result(chance.Next(20) / 20.0, chance.Next(9)))])]);
        }
        var ranked = Store.Trials("quick").Where(trial => trial.Result is not null)
            .OrderBy(trial => Objective.Default.PlaceOf(trial.Result!, trial.Spec.Id.Number)).Select(trial => trial.Spec.Id).ToList();
        ranked.Count.ShouldBe(267);
        Store.Dispose();
        using var next = LiteStore.OpenForReading(Folder);
        foreach (var most in new[] { 1, 100, 128, 129, 500 }) next.Top("quick", most).Select(trial => trial.Spec.Id).ShouldBe(ranked.Take(most));
    }

    [Fact]
    public void AReaderChangesNoByte()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1))]);
        // As a process leaves it that is killed now.
        var left = new StoreFolder(Folder.Path + "-left");
        Directory.CreateDirectory(left.Path);
        foreach (var file in Directory.GetFiles(Folder.Path, "fashionsweep*")) File.Copy(file, Path.Combine(left.Path, Path.GetFileName(file)));
        Store.Dispose();
        foreach (var folder in new[] { left, Folder })
        {
            var before = Sums(folder);
            using (var reader = LiteStore.OpenForReading(folder)) reader.Trials("quick").Count.ShouldBe(1);
            Sums(folder).ShouldBe(before);
        }
    }

    [Fact]
    public void InTheProcessThatWritesAReaderSeesWhatItHasStored()
    {
        Store.Add(Sweep());
        using var reader = Folder.Open();
        Store.Append([Started(Lease(1))]);
        reader.Trials("quick").ShouldBe(Store.Trials("quick"));
    }

    private static void SaysAsTheModel(LiteStore tested, InMemoryStore model)
    {
        tested.Trials("quick").ShouldBe(model.Trials("quick"));
        tested.FiguresOf("quick").ShouldBe(Figures.Of(model.Trials("quick")));
        tested.Held("quick").ShouldBe(model.Held("quick"));
        tested.Tally(tested.Sweeps()[0]).ShouldBe(((ITrialRecords)model).Tally(model.Sweeps()[0]));
        tested.Keeps(Result().Checkpoint).ShouldBe(model.Keeps(Result().Checkpoint));
        tested.Epochs("quick").ShouldBe(model.Epochs("quick"));
        foreach (var trial in model.Trials("quick").Select(record => record.Spec.Id))
        {
            tested.Attempts(trial).ShouldBe(model.Attempts(trial));
            for (var attempt = 1; attempt <= 3; attempt++) tested.Epochs(trial, attempt).ShouldBe(model.Epochs(trial, attempt));
        }
    }

    private static bool Accepts(ITrialStore store, SweepEvent happened)
    {
        try
        {
            store.Append([happened]);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static List<string> Sums(StoreFolder folder) => [.. Directory.GetFiles(folder.Path, "fashionsweep*").Order().Select(file => $"{file} {Sum(file)}")];

    private static string Sum(string file)
    {
        using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
