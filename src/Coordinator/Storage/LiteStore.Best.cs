using System.Security.Cryptography;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Shared.Trials;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage;

/// <content>The checkpoints that are in the database itself.</content>
public sealed partial class LiteStore
{
    private readonly Lock _keeping = new();

    public byte[]? BytesOf(Checkpoint checkpoint)
    {
        var (first, last) = Keys.Checkpoints(checkpoint.Sha256);
        return Read(engine => engine.Range(Collections.Checkpoints, first, last, int.MaxValue)
            .Select(keeper => engine.ReadFile(keeper["trial"].AsString, checkpoint.Sha256))
            .FirstOrDefault(bytes => bytes is not null));
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
        lock (_gate)
        {
            return Known.Sweeps.GetValueOrDefault(sweep) is { Record: { End: not null, Retain: var retain } } ended
                ? Top(ended, retain ?? 1).FindAll(trial => trial.CheckpointKept)
                : null;
        }
    }

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
