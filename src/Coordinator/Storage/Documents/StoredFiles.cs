using FashionSweep.Coordinator.Records;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>A checkpoint in the database.</summary>
/// <param name="Id">The trial's name.</param>
internal sealed record StoredFile(string Id, string Sha256, long Length, int Chunks)
{
    public bool IsOf(TrialRecord trial) => trial.Spec.Id.ToString() == Id && trial.Result!.Checkpoint.Sha256 == Sha256;
}

/// <summary>Checkpoints as LiteDB's own file storage lays files out: whoever opens the database with LiteDB alone finds them there.</summary>
internal static class StoredFiles
{
    // Of that layout.
    private const int ChunkBytes = 255 * 1024;

    public static List<StoredFile> FilesOf(this LiteEngine engine, string sweep)
    {
        var (first, last) = Keys.TrialsOf(sweep);
        return [.. engine.Range(Collections.Files, first, last, int.MaxValue).Select(Read)];
    }

    public static void PutFile(this LiteEngine engine, TrialRecord trial, byte[] bytes)
    {
        var id = trial.Spec.Id.ToString();
        var chunks = (bytes.Length + ChunkBytes - 1) / ChunkBytes;
        engine.Insert(Collections.Chunks, [.. Enumerable.Range(0, chunks).Select(number => new BsonDocument
        {
            ["_id"] = ChunkKey(id, number),
            ["data"] = bytes[(number * ChunkBytes)..Math.Min((number + 1) * ChunkBytes, bytes.Length)],
        })]);
        engine.Insert(Collections.Files,
        [
            new BsonDocument
            {
                ["_id"] = id,
                ["filename"] = trial.Spec.Id.FileName,
                ["mimeType"] = "application/octet-stream",
                ["length"] = bytes.LongLength,
                ["chunks"] = chunks,
                // Of that layout: nothing here reads it.
                ["uploadDate"] = trial.EndedAt!.Value.UtcDateTime,
                ["metadata"] = new BsonDocument { ["trial"] = id, ["sha256"] = trial.Result!.Checkpoint.Sha256 },
            },
        ]);
    }

    /// <returns>Null where none such is inside.</returns>
    public static byte[]? ReadFile(this LiteEngine engine, string sha256)
    {
        // They are few: the best of each sweep, and what it retains.
        if (engine.All(Collections.Files).Select(Read).FirstOrDefault(file => file.Sha256 == sha256) is not { } file) return null;
        var bytes = new byte[file.Length];
        for (var number = 0; number < file.Chunks; number++)
            engine.Find(Collections.Chunks, ChunkKey(file.Id, number))!["data"].AsBinary.CopyTo(bytes, number * ChunkBytes);
        return bytes;
    }

    public static void RemoveFile(this LiteEngine engine, StoredFile file)
    {
        engine.Remove(Collections.Chunks, [.. Enumerable.Range(0, file.Chunks).Select(number => ChunkKey(file.Id, number))]);
        engine.Remove(Collections.Files, [file.Id]);
    }

    private static StoredFile Read(BsonDocument document) =>
        new(document["_id"].AsString, document["metadata"]["sha256"].AsString, document["length"].AsInt64, document["chunks"].AsInt32);

    private static BsonDocument ChunkKey(string file, int number) => new BsonDocument { ["f"] = file, ["n"] = number };
}
