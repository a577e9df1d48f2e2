using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>Who may open a store, what lies in its folder, and what is said where there is none.</summary>
public sealed class LiteStoreOpeningTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private LiteStore? _store;

    private StoreFolder Folder => _temporary.Folder;

    private LiteStore Store => _store ??= LiteStore.OpenForWriting(Folder);

    public void Dispose()
    {
        _store?.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task AReaderAtRestIsInNobodysWayAndAWriterWaitsForIt()
    {
        Store.Add(Sweep());
        Store.Dispose();
        var (one, other) = (LiteStore.OpenForReading(Folder), LiteStore.OpenForReading(Folder));
        other.Dispose();
        var writer = Task.Run(() => LiteStore.OpenForWriting(Folder));
        (await Task.WhenAny(writer, Task.Delay(TimeSpan.FromSeconds(0.2)))).ShouldNotBe(writer);
        one.Dispose();
        using var store = await writer;
        Should.Throw<StoreInUseException>(() => LiteStore.OpenForReading(Folder));
    }

    [Fact]
    public void AStoreOfAReleaseWithSqliteIsLeftAlone()
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(Folder.FormerDatabase, "SQLite format 3");
        foreach (var open in new Action[] { () => LiteStore.OpenForReading(Folder), () => LiteStore.OpenForWriting(Folder) })
            Should.Throw<StoreException>(open).Message.ShouldStartWith($"{Folder.FormerDatabase}: is a store in SQLite, of an fsweep before LiteDB");
        File.Exists(Folder.Database).ShouldBeFalse();
    }

    [Fact]
    public void ADatabaseThatIsEmptyIsNoEmptyStore()
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(Folder.Database, "");
        foreach (var open in new Action[] { () => LiteStore.OpenForReading(Folder), () => LiteStore.OpenForWriting(Folder) })
            Should.Throw<StoreException>(open).Message.ShouldStartWith($"{Folder.Database}: is empty");
    }

    [Fact]
    public void AStoreThatWasClosedIsOneFileAlone()
    {
        Store.Add(Sweep());
        Store.Dispose();
        Directory.GetFiles(Folder.Path, "fashionsweep*").ShouldBe([Folder.Database]);
    }

    [Fact]
    public void WhatIsMadeIsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        Store.Add(Sweep());
        File.GetUnixFileMode(Folder.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(Folder.Path, "fashionsweep*"))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void ASecondWriterIsToldWhoTheFirstOneIs()
    {
        _ = Store;
        var refused = Should.Throw<StoreException>(() => LiteStore.OpenForWriting(Folder));
        refused.Message.ShouldStartWith($"{Folder}: in use by process {Environment.ProcessId}, fsweep ");
        refused.Message.ShouldContain("since 20");
        Store.Dispose();
        LiteStore.OpenForWriting(Folder).Dispose();
    }

    [Fact]
    public void ReadingWhereNothingWasStoredSaysHowToStartAndMakesNothing()
    {
        Should.Throw<StoreException>(() => LiteStore.OpenForReading(Folder)).Message.ShouldContain("no sweeps here yet");
        Directory.Exists(Folder.Path).ShouldBeFalse();
    }

    /// <summary>This process holds the right to write and has stored no sweep, as a run is in its first moments.</summary>
    [Fact]
    public void AStoreThatIsAboutToHaveItsFirstSweepSaysSo()
    {
        Store.Sweeps().ShouldBeEmpty();
        using var reader = Folder.Open();
        Should.Throw<InputException>(() => reader.Sweep(Folder, null))
            .Message.ShouldMatch("no sweeps here yet, but one is about to be: process \\d+, .* is starting");
    }

    [Fact]
    public void WhoWasKilledIsNotAboutToStartAnything()
    {
        Store.Dispose();
        File.WriteAllText(Folder.Lock + ".holder", $"process {int.MaxValue}, fsweep run x.yaml");
        using var reader = LiteStore.OpenForReading(Folder);
        Should.Throw<InputException>(() => reader.Sweep(Folder, null)).Message.ShouldContain("start one with ./fsweep run");
    }

    [Fact]
    public void AStoreThatIsTakenAwayIsMissedAtTheNextCommit()
    {
        Store.Add(Sweep());
        Directory.Move(Folder.Path, Folder.Path + "-moved");
        Should.Throw<StoreException>(() => Store.Append([Started(Lease(1))]))
            .Message.ShouldBe($"{Folder.Database}: is gone: its folder was moved or deleted meanwhile");
    }

    [Fact]
    public void AFolderThatCantBeMadeIsSaidToBeUnwritable()
    {
        File.WriteAllText(Folder.Path, "in the way");
        Should.Throw<StoreException>(() => LiteStore.OpenForWriting(Folder)).Message.ShouldContain("can't be written");
    }
}
