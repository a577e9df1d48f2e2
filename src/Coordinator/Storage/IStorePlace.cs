using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Where a store is that can be read: a folder of this machine, or a coordinator elsewhere. Its text is for people.</summary>
public interface IStorePlace
{
    /// <summary>Null where it is not of this machine.</summary>
    StoreFolder? Folder { get; }

    /// <exception cref="StoreException">There is none, or it can't be read.</exception>
    ITrialRecords Open(CancellationToken stop = default);

    /// <summary>Writes its database as it is now, in one file that was closed, while its writer goes on.</summary>
    /// <exception cref="StoreException">There is none, it can't be read, or it is damaged: what was written is of no use then.</exception>
    void CopyDatabase(Stream to, CancellationToken stop);

    /// <summary>A plug-in of its sweeps.</summary>
    /// <returns>Null where it has none of this SHA-256.</returns>
    /// <exception cref="Training.Plugins.PluginException">What it has is damaged.</exception>
    byte[]? PluginOf(string sha256, CancellationToken stop);

    /// <summary>Where a checkpoint is to be had, for people: a path or a URL.</summary>
    string PlaceOf(Checkpoint checkpoint);
}
