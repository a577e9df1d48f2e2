using System.Security.Cryptography;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Web;

/// <summary>The store of a coordinator elsewhere.</summary>
/// <exception cref="ControlException">From whatever asks it: it can't be asked, or not understood; says why and what to do.</exception>
internal sealed class RemotePlace(CoordinatorAddress address) : IStorePlace
{
    public StoreFolder? Folder => null;

    public ITrialRecords Open(CancellationToken stop = default) => new RemoteRecords(CoordinatorClient.At(address), stop);

    public void CopyDatabase(Stream to, CancellationToken stop)
    {
        using var coordinator = CoordinatorClient.At(address);
        coordinator.CopyDatabaseAsync(to, stop).GetAwaiter().GetResult();
    }

    public string PlaceOf(Checkpoint checkpoint) => new Uri(address.Uri, CoordinatorClient.PathOf(checkpoint)).AbsoluteUri;

    public HeldCheckpoint? Hold(Checkpoint checkpoint, CancellationToken stop)
    {
        using var coordinator = CoordinatorClient.At(address);
        if (coordinator.DownloadAsync(checkpoint, stop).GetAwaiter().GetResult() is not { } bytes) return null;
        // Its name becomes a path here: only that of these bytes may.
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != checkpoint.Sha256)
            throw new CheckpointException($"{PlaceOf(checkpoint)}: its SHA-256 is another than its name: it came damaged, try again");
        var temporary = Directory.CreateTempSubdirectory("fsweep-checkpoint-");
        var held = new HeldCheckpoint(new CheckpointFolder(temporary.FullName), temporary);
        File.WriteAllBytes(held.Folder.PathOf(checkpoint), bytes);
        return held;
    }

    public override string ToString() => address.ToString();
}
