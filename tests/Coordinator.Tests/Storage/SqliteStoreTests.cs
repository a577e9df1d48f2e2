using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class SqliteStoreTests : TrialStoreContract
{
    private readonly TemporaryStore _temporary = new();

    private StoreFolder Folder => _temporary.Folder;

    public override void Dispose()
    {
        base.Dispose();
        _temporary.Dispose();
    }

    protected override ITrialStore Open() => SqliteStore.OpenForWriting(Folder);

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
                           (3, Gen.Constant(Ended(of, Epoch(epoch, second / 10.0), second))),
                           (2, Gen.Constant(Lost(of, second))),
                           (1, Gen.Constant(Completed(of, Result(second / 10.0), second))),
                           (1, Gen.Constant(Failed(of, second: second))))
                       select one;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(happened.ListOf(40).ToArbitrary(), events =>
        {
            using var temporary = new TemporaryStore();
            using var tested = SqliteStore.OpenForWriting(temporary.Folder);
            using var model = new InMemoryStore();
            foreach (var store in new ITrialStore[] { tested, model }) store.Add(Sweep());
            foreach (var one in events) Accepts(tested, one).ShouldBe(Accepts(model, one), one.ToString());
            tested.Trials("quick").ShouldBe(model.Trials("quick"));
            foreach (var trial in model.Trials("quick").Select(record => record.Spec.Id))
            {
                tested.Attempts(trial).ShouldBe(model.Attempts(trial));
                for (var attempt = 1; attempt <= 3; attempt++) tested.Epochs(trial, attempt).ShouldBe(model.Epochs(trial, attempt));
            }
        }));
    }

    [Fact]
    public void ReadersSeeWhatTheWriterHasStoredAndChangeNothing()
    {
        Store.Add(Sweep());
        using var reader = SqliteStore.OpenForReading(Folder);
        Store.Append([Started(Lease(1))]);
        reader.Trials("quick").ShouldBe(Store.Trials("quick"));
        Should.Throw<StoreException>(() => reader.Append([Started(Lease(2))])).Message.ShouldContain("readonly");
    }

    [Fact]
    public void WhatWasStoredIsThereInTheNextProcess()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Completed(Lease(1))]);
        var stored = Store.Trials("quick");
        Store.Dispose();

        using (var reader = SqliteStore.OpenForReading(Folder)) reader.Trials("quick").ShouldBe(stored);
        using var writer = SqliteStore.OpenForWriting(Folder);
        writer.Trials("quick").ShouldBe(stored);
    }

    [Fact]
    public void ASecondWriterIsToldWhoTheFirstOneIs()
    {
        _ = Store;
        var refused = Should.Throw<StoreException>(() => SqliteStore.OpenForWriting(Folder));
        refused.Message.ShouldStartWith($"{Folder}: in use by process {Environment.ProcessId}, fsweep ");
        refused.Message.ShouldContain("since 20");
        Store.Dispose();
        SqliteStore.OpenForWriting(Folder).Dispose();
    }

    [Fact]
    public void ReadingWhereNothingWasStoredSaysHowToStartAndMakesNothing()
    {
        Should.Throw<StoreException>(() => SqliteStore.OpenForReading(Folder)).Message.ShouldContain("no sweeps here yet");
        Directory.Exists(Folder.Path).ShouldBeFalse();
    }

    /// <summary>This process holds the right to write and has stored no sweep, as a run is in its first moments.</summary>
    [Fact]
    public void AStoreThatIsAboutToHaveItsFirstSweepSaysSo()
    {
        Store.Sweeps().ShouldBeEmpty();
        using var reader = SqliteStore.OpenForReading(Folder);
        Should.Throw<InputException>(() => reader.Sweep(Folder, null))
            .Message.ShouldMatch("no sweeps here yet, but one is about to be: process \\d+, .* is starting");
    }

    [Fact]
    public void WhoWasKilledIsNotAboutToStartAnything()
    {
        Store.Dispose();
        File.WriteAllText(Folder.Lock + ".holder", $"process {int.MaxValue}, fsweep run x.yaml");
        using var reader = SqliteStore.OpenForReading(Folder);
        Should.Throw<InputException>(() => reader.Sweep(Folder, null)).Message.ShouldContain("start one with ./fsweep run");
    }

    [Fact]
    public void ANewerSchemaIsRefusedByReadersAndWriters()
    {
        Store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={Folder.Database};Pooling=False"))
        {
            connection.Open();
            using var raise = new SqliteCommand("PRAGMA user_version = 99", connection);
            raise.ExecuteNonQuery();
        }
        Should.Throw<StoreException>(() => SqliteStore.OpenForReading(Folder)).Message.ShouldContain("schema version 99");
        Should.Throw<StoreException>(() => SqliteStore.OpenForWriting(Folder)).Message.ShouldContain("schema version 99");
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsSaidToBeUnreadable()
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(Folder.Database, "no database, but long enough to be looked at as one");
        Should.Throw<StoreException>(() => SqliteStore.OpenForReading(Folder)).Message.ShouldContain("can't be read");
    }

    [Fact]
    public void AFolderThatCantBeMadeIsSaidToBeUnwritable()
    {
        File.WriteAllText(Folder.Path, "in the way");
        Should.Throw<StoreException>(() => SqliteStore.OpenForWriting(Folder)).Message.ShouldContain("can't be written");
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
}
