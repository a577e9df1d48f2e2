using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web;

/// <summary>A store on this machine: read from its files at rest, else by its socket from the coordinator that has it.</summary>
public sealed class LocalPlace(StoreFolder folder) : IStorePlace
{
    // A coordinator that starts has the store before it answers, and one that ends has it still when it answers no more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.05);

    public StoreFolder Folder => folder;

    public ITrialRecords Open(CancellationToken stop = default) => OpenAsync(stop).GetAwaiter().GetResult();

    public string PlaceOf(Checkpoint checkpoint) => folder.PlaceOf(checkpoint);

    public override string ToString() => folder.ToString();

    private async Task<ITrialRecords> OpenAsync(CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return folder.Open(stop);
            }
            catch (StoreInUseException taken)
            {
                if (await CoordinatorClient.FindAsync(folder, stop) is { } coordinator) return new RemoteRecords(coordinator, stop);
                if (waited >= Patience) throw new StoreInUseException($"{taken.Message}, and it does not answer: ask again in a moment", taken);
            }
            await Task.Delay(Pause, stop);
        }
    }
}
