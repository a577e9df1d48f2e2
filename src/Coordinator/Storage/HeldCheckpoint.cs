using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Storage;

/// <summary>A checkpoint's file on this machine, there until it is disposed of.</summary>
/// <param name="temporary">Goes with it.</param>
public sealed class HeldCheckpoint(CheckpointFolder folder, DirectoryInfo? temporary = null) : IDisposable
{
    public CheckpointFolder Folder => folder;

    /// <summary>Of one that has no file in the store's folder here.</summary>
    public bool IsCopy => temporary is not null;

    public void Dispose() => temporary?.Delete(recursive: true);
}
