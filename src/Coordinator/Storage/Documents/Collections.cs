using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>The collections of a store and the ways in which they are read: by key and in the order of keys alone.</summary>
/// <remarks>
/// | collection | its key | a document |
/// | --- | --- | --- |
/// | sweeps | from 1 | a sweep with its changes, and the parameters of its first trial |
/// | tallies | the sweep's | how many of its trials are in which state, and which are still to end |
/// | trials | the sweep's, its number | a trial with its attempts, its result, and in what its parameters are others than the first one's |
/// | best | the sweep's | where the best of its results stand in its leaderboard, at most 128 |
/// | curves | the attempt's row, its part | up to 64 epochs |
/// | figures | the sweep's, its part | figures of trials that have ended, in that order: up to a page of them |
/// | checkpoints | the trial's | that of its result, and whether it is kept |
/// | marks | the trial's | what a user has noted on it |
/// | _files | the trial | a checkpoint that is in the database itself, as LiteDB's file storage describes one |
/// | _chunks | the trial, from 0 | a part of its bytes |
/// </remarks>
internal static class Collections
{
    public const string Sweeps = "sweeps";
    public const string Tallies = "tallies";
    public const string Trials = "trials";
    public const string Best = "best";
    public const string Curves = "curves";
    public const string Figures = "figures";
    public const string Checkpoints = "checkpoints";
    public const string Marks = "marks";
    public const string Files = "_files";
    public const string Chunks = "_chunks";

    private static readonly BsonExpression Key = BsonExpression.Create("$._id");

    public static BsonDocument? Find(this LiteEngine engine, string collection, BsonValue key)
    {
        var query = new Query();
        query.Where.Add(BsonExpression.Create("$._id = @0", key));
        return Rows(engine, collection, query, document => document) is [var found] ? found : null;
    }

    /// <summary>By key, with both ends.</summary>
    public static List<BsonDocument> Range(this LiteEngine engine, string collection, BsonValue from, BsonValue to, int most) =>
        engine.Range(collection, from, to, most, fields: null, document => document);

    /// <summary>By key, with both ends, each read as it comes: a document takes far more memory than what is made of it.</summary>
    /// <param name="fields">Of the documents, as <c>{_id, state}</c>: no others are read. Null for all.</param>
    public static List<T> Range<T>(
        this LiteEngine engine, string collection, BsonValue from, BsonValue to, int most, BsonExpression? fields, Func<BsonDocument, T> read)
    {
        var query = new Query { Limit = most, OrderBy = Key };
        if (fields is not null) query.Select = fields;
        query.Where.Add(BsonExpression.Create("$._id BETWEEN @0 AND @1", from, to));
        return Rows(engine, collection, query, read);
    }

    public static List<BsonDocument> All(this LiteEngine engine, string collection) =>
        Rows(engine, collection, new Query { OrderBy = Key }, document => document);

    /// <summary>Of documents that may be there or not.</summary>
    public static void Put(this LiteEngine engine, string collection, IReadOnlyCollection<BsonDocument> documents)
    {
        if (documents.Count > 0) engine.Upsert(collection, documents, BsonAutoId.Int32);
    }

    /// <summary>Of documents that are not there yet.</summary>
    public static void Insert(this LiteEngine engine, string collection, IReadOnlyCollection<BsonDocument> documents)
    {
        if (documents.Count > 0) engine.Insert(collection, documents, BsonAutoId.Int32);
    }

    /// <summary>Of documents that are there.</summary>
    public static void Change(this LiteEngine engine, string collection, IReadOnlyCollection<BsonDocument> documents)
    {
        if (documents.Count > 0 && engine.Update(collection, documents) != documents.Count)
            throw new InvalidOperationException($"no such document in {collection}");
    }

    /// <summary>Of documents that are there.</summary>
    public static void Remove(this LiteEngine engine, string collection, IReadOnlyCollection<BsonValue> keys)
    {
        if (keys.Count > 0 && engine.Delete(collection, keys) != keys.Count) throw new InvalidOperationException($"no such document in {collection}");
    }

    // To its end, on one thread: a reader that is left open would hold up the emptying of the log for ever.
    private static List<T> Rows<T>(LiteEngine engine, string collection, Query query, Func<BsonDocument, T> read)
    {
        using var reader = engine.Query(collection, query);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader.Current.AsDocument));
        return rows;
    }
}
