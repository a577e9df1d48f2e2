using System.Security.Cryptography;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Storage;

/// <summary>How a checkpoint is had of a store: its file, else what the database has of it, else what the coordinator sends.</summary>
internal static class StoredCheckpoints
{
    /// <summary>Makes a checkpoint's file available on this machine.</summary>
    /// <returns>Null where the store does not have it.</returns>
    /// <exception cref="CheckpointException">It came damaged.</exception>
    public static HeldCheckpoint? Hold(this IStorePlace place, Checkpoint checkpoint, CancellationToken stop)
    {
        if (place.Folder is { } folder)
        {
            if (File.Exists(folder.PathOf(checkpoint))) return new HeldCheckpoint(new CheckpointFolder(folder.Checkpoints));
            if (!File.Exists(folder.Database)) return null;
        }
        using var records = place.Open(stop);
        return records.BytesOf(checkpoint) is { } bytes ? Copy(place, checkpoint, bytes) : null;
    }

    /// <summary>Puts it back into the folder where it is missing there: nodes of this machine look nowhere else.</summary>
    public static void PutBack(this StoreFolder folder, Checkpoint checkpoint)
    {
        using var held = folder.Hold(checkpoint, CancellationToken.None);
        if (held is { IsCopy: true }) new CheckpointFolder(folder.Checkpoints).Import(held.Folder.PathOf(checkpoint));
    }

    private static HeldCheckpoint Copy(IStorePlace place, Checkpoint checkpoint, byte[] bytes)
    {
        // Its name becomes a path here: only that of these bytes may.
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != checkpoint.Sha256)
            throw new CheckpointException($"{place.PlaceOf(checkpoint)}: its SHA-256 is another than its name: it came damaged, try again");
        var temporary = Directory.CreateTempSubdirectory("fsweep-checkpoint-");
        var held = new HeldCheckpoint(new CheckpointFolder(temporary.FullName), temporary);
        File.WriteAllBytes(held.Folder.PathOf(checkpoint), bytes);
        return held;
    }
}
