using System.Security.Cryptography;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Shared.Trials;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage;

/// <content>The checkpoints that are in the database itself.</content>
public sealed partial class LiteStore
{
    private readonly Lock _keeping = new();

    public byte[]? BytesOf(Checkpoint checkpoint) => Read(engine => engine.ReadFile(checkpoint.Sha256));

    public bool Keeps(Checkpoint checkpoint)
    {
        lock (_gate)
        {
            // Once in the life of a process, and only where a sweep gives checkpoints up.
            Known.Keepers ??= _database.Read(KeepersIn);
            return Known.Keepers.GetValueOrDefault(checkpoint.Sha256) > 0;
        }
    }

    public void KeepBest(string sweep)
    {
        lock (_keeping)
        {
            if (BestOf(sweep) is not { } best) return;
            var inside = Read(engine => engine.FilesOf(sweep));
            // First those that go: their pages are used again.
            foreach (var file in inside.Where(file => !best.Exists(file.IsOf))) Change(engine => engine.RemoveFile(file));
            foreach (var trial in best.Where(trial => !inside.Exists(file => file.IsOf(trial))))
                if (FileOf(trial.Result!.Checkpoint) is { } bytes) Change(engine => engine.PutFile(trial, bytes));
        }
    }

    // A transaction of its own for each.
    private void Change(Action<LiteEngine> change)
    {
        lock (_gate)
        {
            _database.Commit(change);
            _database.Tidy();
        }
    }

    // The best first; null while it runs.
    private List<TrialRecord>? BestOf(string sweep)
    {
        SweepRecord? record;
        lock (_gate) record = Known.Sweeps.GetValueOrDefault(sweep)?.Record;
        return record is { End: not null } ? [.. Top(sweep, record.Retain ?? 1).Where(trial => trial.CheckpointKept)] : null;
    }

    private static Dictionary<string, int> KeepersIn(LiteEngine engine)
    {
        var keepers = new Dictionary<string, int>();
        foreach (var sha256 in engine.Range(Collections.Checkpoints, 0L, long.MaxValue, int.MaxValue, fields: null, KeptOrNull).OfType<string>())
            keepers[sha256] = keepers.GetValueOrDefault(sha256) + 1;
        return keepers;
    }

    private static string? KeptOrNull(BsonDocument checkpoint) => checkpoint["kept"].AsBoolean ? checkpoint["sha256"].AsString : null;

    // What is missing or damaged is not put in, and stays as it is.
    private byte[]? FileOf(Checkpoint checkpoint)
    {
        var path = _folder.PathOf(checkpoint);
        if (!_disk.Exists(path)) return null;
        try
        {
            using var file = _disk.Open(path, writing: false);
            var bytes = new byte[file.Length];
            return file.Read(bytes, 0) == bytes.Length && Convert.ToHexStringLower(SHA256.HashData(bytes)) == checkpoint.Sha256 ? bytes : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
