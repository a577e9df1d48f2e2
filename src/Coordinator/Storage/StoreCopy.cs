using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Copies a store while its writer goes on: its database as it is at one moment, and the checkpoints that this names.</summary>
public static class StoreCopy
{
    // A sweep may give a checkpoint up between the moment of the database and the copy of its file: a later moment names it no more.
    private const int MostMoments = 10;

    /// <summary>Makes the copy in a folder of its own, which is there whole or not at all.</summary>
    /// <returns>How many checkpoints it has, and the trials whose checkpoints the store has lost.</returns>
    /// <exception cref="StoreException">The folder has something in it or can't be written, or the store can't be read.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is left.</exception>
    public static (int Checkpoints, IReadOnlyList<TrialId> Lost) Make(IStorePlace from, StoreFolder to, CancellationToken stop)
    {
        var part = new StoreFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(to.Path)) + ".part");
        try
        {
            if (Directory.Exists(to.Path) && Directory.EnumerateFileSystemEntries(to.Path).Any() || File.Exists(to.Path))
                throw new StoreException($"{to}: there is something in it: name a folder that is new, or empty");
            Remove(part);
            part.Make();
            var copied = Fill(from, part, stop);
            Plugins(from, part, stop);
            if (Directory.Exists(to.Path)) Directory.Delete(to.Path);
            Directory.Move(part.Path, to.Path);
            DurableFile.FlushFolder(Path.GetDirectoryName(part.Path)!);
            return copied;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{to}: can't be written ({fault.Message})", fault);
        }
        finally
        {
            Remove(part);
        }
    }

    /// <summary>Copies the database alone.</summary>
    public static void Database(IStorePlace from, StoreFolder to, CancellationToken stop)
    {
        using var file = File.Create(to.Database);
        LocalDisk.KeepPrivate(file.SafeFileHandle);
        from.CopyDatabase(file, stop);
        file.Flush(flushToDisk: true);
    }

    private static (int Checkpoints, IReadOnlyList<TrialId> Lost) Fill(IStorePlace from, StoreFolder to, CancellationToken stop)
    {
        for (var moment = 1; ; moment++)
        {
            Database(from, to, stop);
            var (copied, missing) = Checkpoints(from, to, stop);
            if (missing.Count == 0 || moment == MostMoments || AreKept(from, missing, stop)) return (copied, missing);
        }
    }

    private static (int Copied, IReadOnlyList<TrialId> Missing) Checkpoints(IStorePlace from, StoreFolder to, CancellationToken stop)
    {
        using var records = to.Open(stop);
        var (done, missing, checkpoints) = (new HashSet<string>(), new List<TrialId>(), new CheckpointFolder(to.Checkpoints));
        foreach (var (trial, checkpoint) in Kept(records))
        {
            if (done.Contains(checkpoint.Sha256)) continue;
            if (File.Exists(to.PathOf(checkpoint)) || Copy(from, checkpoint, checkpoints, stop)) done.Add(checkpoint.Sha256);
            else missing.Add(trial);
        }
        return (done.Count, missing);
    }

    private static void Plugins(IStorePlace from, StoreFolder to, CancellationToken stop)
    {
        using var records = to.Open(stop);
        foreach (var own in records.Sweeps().Select(sweep => sweep.Own).OfType<OwnModel>().DistinctBy(own => own.Plugin))
            if (from.PluginOf(own.Plugin, stop) is { } bytes) to.Plugins.Keep(own.Plugin, bytes);
    }

    private static bool Copy(IStorePlace from, Checkpoint checkpoint, CheckpointFolder to, CancellationToken stop)
    {
        try
        {
            using var held = from.Hold(checkpoint, stop);
            if (held is null) return false;
            held.Folder.Read(checkpoint);
            return to.Import(held.Folder.PathOf(checkpoint)) == checkpoint;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private static bool AreKept(IStorePlace from, IReadOnlyList<TrialId> trials, CancellationToken stop)
    {
        using var records = from.Open(stop);
        return trials.All(trial => records.Find(trial) is { CheckpointKept: true });
    }

    private static IEnumerable<(TrialId Trial, Checkpoint Checkpoint)> Kept(ITrialRecords records) =>
        from sweep in records.Sweeps()
        from trial in records.Trials(sweep.Name)
        where trial is { CheckpointKept: true, Result: not null }
        select (trial.Spec.Id, trial.Result!.Checkpoint);

    private static void Remove(StoreFolder part)
    {
        if (Directory.Exists(part.Path)) Directory.Delete(part.Path, recursive: true);
    }
}
