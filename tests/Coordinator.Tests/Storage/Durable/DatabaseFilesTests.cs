using System.Security.Cryptography;
using System.Text;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Durable;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Tests.Storage.Durable;

/// <summary>Files that are not as a writer has left them are refused with their names, and not a byte of them is changed.</summary>
public sealed class DatabaseFilesTests
{
    private const string Path = "store/some.litedb";
    private const string Log = "store/some.litedb-log";

    private readonly RecordedDisk _disk = new();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a text of a few words", "is no database of fashionsweep")]
    [InlineData("SQLite format 3\0, and more than that to look like one of those", "is no database of fashionsweep")]
    [InlineData("\u0001 as LiteDB writes what it encrypts", "is encrypted")]
    public void AForeignFileIsRefused(string text, string said)
    {
        Put(Path, Encoding.UTF8.GetBytes(text));
        IsRefused($"{Path}: {said}");
    }

    [Theory]
    [InlineData(59, 9, "has format 9 of LiteDB, must be 8")]
    [InlineData(76, 2, "has schema version 2, this fsweep knows up to 1")]
    public void AnotherVersionIsRefused(int at, byte value, string said)
    {
        Close(Stored());
        Change(Path, at, value, alsoSum: true);
        IsRefused($"{Path}: {said}");
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(8192)]
    [InlineData(500)]
    public void ACutDatabaseIsRefused(int length)
    {
        Close(Stored());
        Put(Path, _disk.Names[Path].ToArray()[..length]);
        IsRefused($"{Path}: a part of it is missing");
    }

    [Fact]
    public void ALogThatIsGoneIsMissed()
    {
        _ = Stored();
        _disk.Remove(Log);
        IsRefused($"{Log}: is missing, and what was stored last is in it");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    public void ALogThatIsCutBeforeItsFramesIsRefused(int length)
    {
        _ = Stored();
        Put(Log, _disk.Names[Log].ToArray()[..length]);
        IsRefused($"{Log}: a part of it is missing");
    }

    [Fact]
    public void ALogOfAnotherDatabaseIsRefused()
    {
        _ = Stored();
        var other = _disk.Names[Log].ToArray();
        _disk.Remove(Path);
        _disk.Remove(Log);
        var database = Stored();
        Put(Log, other);
        IsRefused($"{Log}: is not the log of the database beside it");
        Close(database);
        Put(Log, other);
        IsRefused($"{Log}: is not the log of the database beside it");
    }

    [Fact]
    public void ABitThatHasFlippedInTheLogIsFound()
    {
        _ = Stored();
        var whole = _disk.Names[Log].ToArray();
        // The last commit's frames could be those of a commit that was under way.
        var last = whole.Length - (8 * PageLog.FrameBytes);
        var chance = new Random(3);
        for (var time = 0; time < 60; time++)
        {
            var (bytes, at) = (whole.ToArray(), chance.Next(LogHead.Bytes, last));
            bytes[at] ^= (byte)(1 << chance.Next(8));
            Put(Log, bytes);
            IsRefused($"{Log}: is damaged at byte {LogHead.Bytes + ((at - LogHead.Bytes) / PageLog.FrameBytes * PageLog.FrameBytes)}");
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(40)]
    [InlineData(512 + 32)]
    [InlineData(512 + 40)]
    public void OneCopyOfALogsSaltIsEnough(int at)
    {
        _ = Stored();
        Change(Log, at, 77);
        Count(Database.OpenForReading(_disk, Path, 1)).ShouldBe(40);
    }

    [Fact]
    public void ABitThatHasFlippedInTheDatabaseIsFoundWhenItsPageIsRead()
    {
        Close(Stored());
        var whole = _disk.Names[Path].ToArray();
        var chance = new Random(3);
        for (var page = 0; page < whole.Length / PageStream.PageBytes; page++)
        {
            var (bytes, at) = (whole.ToArray(), (page * PageStream.PageBytes) + chance.Next(PageStream.PageBytes));
            bytes[at] ^= (byte)(1 << chance.Next(8));
            var disk = new RecordedDisk([KeyValuePair.Create(Path, ImageOf(bytes))]);
            using var data = new PageFile(disk.Open(Path, writing: false), Path, writing: false, log: null)
            {
                Position = page * PageStream.PageBytes,
            };
            Should.Throw<StoreException>(() => data.ReadExactly(new byte[PageStream.PageBytes], 0, PageStream.PageBytes))
                .Message.ShouldStartWith($"{Path}: is damaged at byte {page * PageStream.PageBytes}");
        }
    }

    [Fact]
    public void LiteDbReadsADatabaseThatWasClosedByItself()
    {
        Close(Stored());
        using var engine = new LiteEngine(new EngineSettings { DataStream = new MemoryStream(_disk.Names[Path].ToArray()), Collation = Collation.Binary });
        Count(engine).ShouldBe(40);
    }

    [Fact]
    public void OnAFullDiskNothingIsStoredAndWithRoomItGoesOn()
    {
        var database = Stored();
        _disk.IsFull = true;
        Should.Throw<StoreException>(() => database.Commit(engine => Insert(engine, 99))).Message.ShouldContain("can't be written (No space left on device)");
        database.Read(Count).ShouldBe(40);
        Should.Throw<StoreException>(() => database.Commit(engine => Insert(engine, 99)));
        _disk.IsFull = false;
        database.Commit(engine => Insert(engine, 99));
        Close(database);
        Count(Database.OpenForReading(_disk, Path, 1)).ShouldBe(41);
        // What was left of LiteDB is collected without a fault, which would end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    // A database in which much is committed, with its log.
    private Database Stored()
    {
        var database = Database.OpenForWriting(_disk, Path, 1, _ => { });
        for (var id = 0; id < 20; id++) database.Commit(engine => Insert(engine, id));
        database.Checkpoint();
        for (var id = 20; id < 40; id++) database.Commit(engine => Insert(engine, id));
        return database;
    }

    private static void Close(Database database) => database.Dispose();

    private static void Insert(LiteEngine engine, int id) =>
        engine.Insert("documents", [new BsonDocument { ["_id"] = id, ["text"] = new string('x', 5000) }], BsonAutoId.Int32);

    private static int Count(Database database)
    {
        using (database) return database.Read(Count);
    }

    private static int Count(LiteEngine engine)
    {
        var count = 0;
        using var reader = engine.Query("documents", new Query());
        while (reader.Read()) count += reader.Current["text"].AsString.Length / 5000;
        return count;
    }

    private void IsRefused(string said)
    {
        var before = Bytes();
        Should.Throw<StoreException>(() => Database.OpenForReading(_disk, Path, 1)).Message.ShouldStartWith(said);
        Should.Throw<StoreException>(() => Database.OpenForWriting(_disk, Path, 1, _ => { })).Message.ShouldStartWith(said);
        Bytes().ShouldBe(before);
    }

    private List<string> Bytes() =>
        [.. _disk.Names.OrderBy(pair => pair.Key).Select(pair => pair.Key + Convert.ToHexString(SHA256.HashData(pair.Value.ToArray())))];

    private void Change(string path, int at, byte value, bool alsoSum = false)
    {
        var bytes = _disk.Names[path].ToArray();
        bytes[at] = value;
        // As one that has no checksum.
        if (alsoSum) bytes.AsSpan(14, 4).Fill(byte.MaxValue);
        Put(path, bytes);
    }

    private void Put(string path, byte[] bytes)
    {
        using var file = _disk.Create(path);
        file.Write(bytes, 0);
    }

    private static Image ImageOf(byte[] bytes)
    {
        var image = new Image();
        image.Write(bytes, 0);
        return image;
    }
}
