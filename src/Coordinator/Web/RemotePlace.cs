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
    // A coordinator answers at once; a line may be slow.
    private static readonly TimeSpan ForRecords = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForFiles = TimeSpan.FromMinutes(10);

    public ITrialRecords Open(CancellationToken stop = default) => new RemoteRecords(new RecordsClient(address, ForRecords, stop));

    public string PlaceOf(Checkpoint checkpoint) => new Uri(address.Uri, PathOf(checkpoint)).AbsoluteUri;

    public HeldCheckpoint? Hold(Checkpoint checkpoint, CancellationToken stop)
    {
        using var coordinator = new RecordsClient(address, ForFiles, stop);
        if (coordinator.Download(PathOf(checkpoint)) is not { } bytes) return null;
        // Its name becomes a path here: only that of these bytes may.
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != checkpoint.Sha256) throw new CheckpointException($"{PlaceOf(checkpoint)}: its SHA-256 is another than its name: it came damaged, try again");
        var temporary = Directory.CreateTempSubdirectory("fsweep-checkpoint-");
        var held = new HeldCheckpoint(new CheckpointFolder(temporary.FullName), temporary);
        File.WriteAllBytes(held.Folder.PathOf(checkpoint), bytes);
        return held;
    }

    public override string ToString() => address.ToString();

    private static string PathOf(Checkpoint checkpoint) => $"{FileRoutes.Checkpoints}/{Uri.EscapeDataString(checkpoint.Sha256)}";
}
