using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web;

/// <summary>A store on this machine: read from its files at rest, else by its socket from the coordinator that has it.</summary>
public sealed class LocalPlace(StoreFolder folder) : IStorePlace
{
    // A coordinator that starts has the store before it answers, on a busy machine for long, and one that ends has it still when it answers no more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.05);

    public StoreFolder Folder => folder;

    public ITrialRecords Open(CancellationToken stop = default) =>
        AskAsync(() => folder.Open(stop), coordinator => Task.FromResult<ITrialRecords>(new RemoteRecords(coordinator, stop)), stop).GetAwaiter().GetResult();

    public void CopyDatabase(Stream to, CancellationToken stop) => AskAsync(
        () =>
        {
            folder.CopyDatabase(to, stop);
            return true;
        },
        async coordinator =>
        {
            using (coordinator) await coordinator.CopyDatabaseAsync(to, stop);
            return true;
        },
        stop).GetAwaiter().GetResult();

    public byte[]? PluginOf(string sha256, CancellationToken stop) => folder.PluginOf(sha256, stop);

    public string PlaceOf(Checkpoint checkpoint) => folder.PlaceOf(checkpoint);

    public override string ToString() => folder.ToString();

    private async Task<T> AskAsync<T>(Func<T> atRest, Func<CoordinatorClient, Task<T>> running, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return atRest();
            }
            catch (StoreInUseException taken)
            {
                if (await CoordinatorClient.FindAsync(folder, stop) is { } coordinator) return await running(coordinator);
                if (waited >= Patience) throw new StoreInUseException($"{taken.Message}, and it does not answer: ask again in a moment", taken);
            }
            await Task.Delay(Pause, stop);
        }
    }
}
