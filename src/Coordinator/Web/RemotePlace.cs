using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;

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

    public byte[]? PluginOf(string sha256, CancellationToken stop)
    {
        using var coordinator = CoordinatorClient.At(address);
        return coordinator.DownloadAsync($"{FileRoutes.Plugins}/{Uri.EscapeDataString(sha256)}", stop).GetAwaiter().GetResult();
    }

    public string PlaceOf(Checkpoint checkpoint) => new Uri(address.Uri, CoordinatorClient.PathOf(checkpoint)).AbsoluteUri;

    public override string ToString() => address.ToString();
}
