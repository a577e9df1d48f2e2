using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

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

    /// <summary>Where a checkpoint is to be had, for people: a path or a URL.</summary>
    string PlaceOf(Checkpoint checkpoint);

    /// <summary>Makes a checkpoint's file available on this machine.</summary>
    /// <returns>Null where the store does not have it.</returns>
    /// <exception cref="CheckpointException">It came damaged.</exception>
    HeldCheckpoint? Hold(Checkpoint checkpoint, CancellationToken stop);
}

/// <summary>A checkpoint's file on this machine, there until it is disposed of.</summary>
/// <param name="temporary">Goes with it.</param>
public sealed class HeldCheckpoint(CheckpointFolder folder, DirectoryInfo? temporary = null) : IDisposable
{
    public CheckpointFolder Folder => folder;

    public void Dispose() => temporary?.Delete(recursive: true);
}
