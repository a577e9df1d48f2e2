using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>The checkpoints and snapshots of a coordinator on another machine. Waits for one that is away, and says so once.</summary>
public sealed class RemoteCheckpoints(CoordinatorAddress address, TimeProvider clock, TextWriter log) : IDisposable
{
    private const int MostDamages = 3;
    private const int Forever = int.MaxValue;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly CheckpointClient _client = new(address, clock);
    private string? _said;

    /// <summary>Asks once whether files can be brought there.</summary>
    /// <exception cref="RemoteException">They can't; says why.</exception>
    public Task CheckAsync(CancellationToken cancellation) => _client.CheckAsync(cancellation);

    /// <summary>Returns when the coordinator has it.</summary>
    /// <exception cref="RemoteException">It never will: the file is too large or comes damaged again and again.</exception>
    public Task UploadAsync(Checkpoint checkpoint, string file, CancellationToken cancellation) =>
        PersistAsync(async token =>
        {
            await _client.UploadAsync(checkpoint, file, token).ConfigureAwait(false);
            return true;
        }, Forever, cancellation);

    /// <summary>Gets a checkpoint. A reader of the place never sees a part of it.</summary>
    /// <returns>False where the coordinator has no such checkpoint.</returns>
    /// <exception cref="RemoteException">It comes damaged again and again.</exception>
    public Task<bool> DownloadAsync(string sha256, string place, CancellationToken cancellation) =>
        FetchAsync(place, file => PersistAsync(token => _client.DownloadAsync(sha256, file, token), Forever, cancellation));

    /// <summary>Gets a plug-in. A reader of the place never sees a part of it.</summary>
    /// <returns>False where the coordinator has no such plug-in.</returns>
    /// <exception cref="RemoteException">It comes damaged again and again, or the coordinator allows none.</exception>
    public Task<bool> DownloadPluginAsync(string sha256, string place, CancellationToken cancellation) =>
        FetchAsync(place, file => PersistAsync(token => _client.DownloadPluginAsync(sha256, file, token), Forever, cancellation));

    /// <summary>Gets a snapshot, if there is one.</summary>
    /// <param name="attempts">It is not worth more.</param>
    /// <exception cref="RemoteException">It can't be got.</exception>
    public Task<bool> GetSnapshotAsync(string key, string place, int attempts, CancellationToken cancellation) =>
        FetchAsync(place, file => PersistAsync(token => _client.GetSnapshotAsync(key, file, token), attempts, cancellation));

    /// <returns>After how long the coordinator wants the next one; null where it doesn't say.</returns>
    /// <exception cref="RemoteException">It did not get there.</exception>
    public Task<TimeSpan?> PutSnapshotAsync(string key, FileStream snapshot, int attempts, CancellationToken cancellation)
    {
        var start = snapshot.Position;
        return PersistAsync(token =>
        {
            snapshot.Position = start;
            return _client.PutSnapshotAsync(key, snapshot, token);
        }, attempts, cancellation);
    }

    /// <exception cref="RemoteException">It may still be there.</exception>
    public Task DeleteSnapshotAsync(string key, int attempts, CancellationToken cancellation) =>
        PersistAsync(async token =>
        {
            await _client.DeleteSnapshotAsync(key, token).ConfigureAwait(false);
            return true;
        }, attempts, cancellation);

    public void Dispose() => _client.Dispose();

    private static async Task<bool> FetchAsync(string place, Func<FileStream, Task<bool>> fetch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var unfinished = $"{place}.{Guid.NewGuid():N}.tmp";
        try
        {
            var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite);
            await using (file.ConfigureAwait(false))
                if (!await fetch(file).ConfigureAwait(false)) return false;
            File.Move(unfinished, place, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> attempt, int most, CancellationToken cancellation)
    {
        var damages = 0;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                var result = await attempt(cancellation).ConfigureAwait(false);
                Say(null);
                return result;
            }
            catch (RemoteException fault)
            {
                Say(fault.Message);
                if (fault.IsLasting || attempts == most || (fault.IsDamage && ++damages == MostDamages)) throw;
            }
            await Task.Delay(Wait(attempts), clock, cancellation).ConfigureAwait(false);
        }
    }

    // Once, however many slots meet with it and however often.
    private void Say(string? fault)
    {
        if (Interlocked.Exchange(ref _said, fault) is var before && before != fault) log.WriteLine(fault ?? $"the coordinator at {address} answers again");
    }

    // Up to half of it is left to chance, of which a clock's last digits have enough: a thousand nodes must not come back in one moment.
    private TimeSpan Wait(int attempts)
    {
        var longest = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, ShortestWait.Ticks << Math.Min(attempts - 1, 10)));
        return longest * (1 - (clock.GetTimestamp() % 1000 / 2000.0));
    }
}
