using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Storage;

/// <summary>The folder of a store and the names of what is in it. Nothing is made until a store is opened for writing.</summary>
public sealed record StoreFolder(string Path) : IStorePlace
{
    private static readonly TimeSpan SnapshotsAreKept = TimeSpan.FromDays(7);

    public StoreFolder Folder => this;

    public string Database => System.IO.Path.Combine(Path, "fashionsweep.litedb");

    /// <summary>Of releases that stored in SQLite.</summary>
    public string FormerDatabase => System.IO.Path.Combine(Path, "fashionsweep.db");

    /// <summary>Where nodes write checkpoints, each under the hash of its bytes.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The plug-ins of its sweeps, each under the hash of its bytes.</summary>
    public PluginFolder Plugins => new(Checkpoints);

    public string Lock => System.IO.Path.Combine(Path, "lock");

    public string PathOf(Checkpoint checkpoint) => System.IO.Path.Combine(Checkpoints, checkpoint.FileName);

    /// <exception cref="StoreInUseException">Another process writes to it.</exception>
    public ITrialRecords Open(CancellationToken stop = default) => OpenStores.In(this) is { } store ? OpenStores.View(store) : LiteStore.OpenForReading(this);

    /// <exception cref="StoreInUseException">Another process writes to it.</exception>
    public void CopyDatabase(Stream to, CancellationToken stop)
    {
        var atWork = OpenStores.In(this);
        using var atRest = atWork is null ? LiteStore.OpenForReading(this) : null;
        foreach (var page in (atWork ?? atRest!).Copy())
        {
            stop.ThrowIfCancellationRequested();
            to.Write(page);
        }
    }

    public string PlaceOf(Checkpoint checkpoint) => PathOf(checkpoint);

    public byte[]? PluginOf(string sha256, CancellationToken stop) => Plugins.Has(sha256) ? Plugins.Read(sha256).Bytes : null;

    /// <summary>Makes it where it is not, for its owner alone.</summary>
    public void Make()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Checkpoints);
    }

    /// <summary>Removes snapshots that nothing has gone on from for long: a trial that does after all trains its epochs again, to the same bits.</summary>
    public void Tidy(DateTimeOffset now) => new CheckpointFolder(Checkpoints).Snapshots.DeleteOlderThan(now - SnapshotsAreKept);

    /// <summary>The folder given, else that of <c>FSWEEP_STORE</c>, else <c>.fsweep</c> in the current directory.</summary>
    public static StoreFolder Choose(string? given)
    {
        var environment = Environment.GetEnvironmentVariable("FSWEEP_STORE");
        return new StoreFolder(given ?? (string.IsNullOrEmpty(environment) ? ".fsweep" : environment));
    }

    public override string ToString() => Path;
}
