using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Durable;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Tests.Storage.Durable;

/// <summary>A run of a database with all that its documents go through: they come, grow, shrink and go, in transactions of one and of many.</summary>
internal sealed class RecordedRun
{
    public const string Path = "store/some.litedb";

    private readonly List<(int Moment, SortedDictionary<int, string> Documents)> _committed = [];
    private readonly SortedDictionary<int, string> _documents = [];
    private readonly Random _chance;

    /// <param name="transactions">So many are committed.</param>
    /// <param name="checkpoint">Behind each so many; behind each tenth of these it is closed and opened again.</param>
    public RecordedRun(int seed, int transactions, int checkpoint, Func<IDisk, IDisk>? disk = null)
    {
        _chance = new Random(seed);
        var seen = disk?.Invoke(Disk) ?? Disk;
        var database = Open(seen);
        for (var number = 1; number <= transactions; number++)
        {
            if (number % 5 == 0) database = KilledWhileItCommits(database, seen);
            Commit(database);
            if (number % checkpoint == 0) database.Checkpoint();
            if (number % (checkpoint * 3) != 0) continue;
            database.Dispose();
            database = Open(seen);
        }
        database.Dispose();
    }

    public RecordedDisk Disk { get; } = new();

    /// <summary>Checks that what a crash left is a state from after the last commit that has returned, and that it goes on from there.</summary>
    /// <returns>Null if it is so.</returns>
    public string? FaultOf(RecordedDisk left, int moment)
    {
        try
        {
            var returned = _committed.FindLastIndex(commit => commit.Moment <= moment);
            // Nothing was promised yet, not even a database.
            if (returned < 0 && !left.Exists(Path)) return null;
            return Wrong(left, returned) ?? Wrong(left, returned);
        }
        catch (Exception fault) when (fault is not ShouldAssertException)
        {
            return fault.ToString();
        }
    }

    private static Database Open(IDisk disk) =>
        Database.OpenForWriting(disk, Path, version: 1, engine => engine.EnsureIndex("documents", "size", BsonExpression.Create("$.size"), unique: false));

    private string? Wrong(RecordedDisk left, int returned)
    {
        SortedDictionary<int, string> found;
        using (var reader = Database.OpenForReading(left, Path, version: 1)) found = reader.Read(Documents);
        using var database = Open(left);
        var again = database.Read(Documents);
        if (!found.SequenceEqual(again)) return "a reader and a writer see different documents";
        if (!Is(found, returned) && !Is(found, returned + 1))
            return $"{found.Count} documents are no state that was committed last: {string.Join(", ", found.Keys)}";
        // It goes on.
        database.Commit(engine => engine.Upsert("documents", [Document(9999, "new")], BsonAutoId.Int32));
        database.Checkpoint();
        database.Commit(engine => engine.Delete("documents", [9999]));
        return database.Read(Documents).SequenceEqual(found) ? null : "after going on it has other documents";
    }

    // The next process goes on with what it left, and with what nobody has synced.
    private Database KilledWhileItCommits(Database database, IDisk disk)
    {
        var before = new SortedDictionary<int, string>(_documents);
        Disk.LastStep = Disk.Steps.Count + _chance.Next(20);
        try
        {
            Commit(database);
        }
        catch (StoreException)
        {
            _documents.Clear();
        }
        Disk.LastStep = null;
        var next = Open(disk);
        if (_documents.Count > 0) return next;
        foreach (var (id, text) in next.Read(Documents)) _documents.Add(id, text);
        // It may have been done but for the answer.
        if (!_documents.SequenceEqual(before)) _committed.Add((Disk.Steps.Count, new(_documents)));
        return next;
    }

    // None before the first commit.
    private bool Is(SortedDictionary<int, string> found, int commit) =>
        commit < 0 ? found.Count == 0 : commit < _committed.Count && found.SequenceEqual(_committed[commit].Documents);

    private void Commit(Database database)
    {
        var changes = _chance.Next(4) == 0 ? 12 : 1;
        database.Commit(engine =>
        {
            for (var change = 0; change < changes; change++) Change(engine);
        });
        _committed.Add((Disk.Steps.Count, new(_documents)));
    }

    private void Change(LiteEngine engine)
    {
        var id = _chance.Next(60);
        if (_documents.ContainsKey(id) && _chance.Next(4) == 0)
        {
            _documents.Remove(id);
            engine.Delete("documents", [id]).ShouldBe(1);
            return;
        }
        var text = _documents.GetValueOrDefault(id, "") + new string((char)('a' + _chance.Next(26)), _chance.Next(700));
        _documents[id] = text;
        engine.Upsert("documents", [Document(id, text)], BsonAutoId.Int32);
    }

    private static BsonDocument Document(int id, string text) => new() { ["_id"] = id, ["size"] = text.Length, ["text"] = text };

    private static SortedDictionary<int, string> Documents(LiteEngine engine)
    {
        var documents = new SortedDictionary<int, string>();
        using var reader = engine.Query("documents", new Query());
        while (reader.Read()) documents.Add(reader.Current["_id"].AsInt32, reader.Current["text"].AsString);
        var sizes = 0;
        using var bySize = engine.Query("documents", new Query { OrderBy = BsonExpression.Create("$.size") });
        while (bySize.Read()) sizes += bySize.Current["size"].AsInt32;
        sizes.ShouldBe(documents.Values.Sum(text => text.Length));
        return documents;
    }
}
