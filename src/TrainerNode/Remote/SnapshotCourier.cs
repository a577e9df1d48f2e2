using System.Threading.Channels;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>Brings a trial's newest snapshot to the coordinator, one at a time and not too often, while the trial goes on.</summary>
internal sealed class SnapshotCourier : IAsyncDisposable
{
    // Shorter epochs send some of their snapshots only: what is lost with a node is at most a pace of training. The coordinator sets it, by how many send.
    private static readonly TimeSpan ShortestPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPace = TimeSpan.FromMinutes(1);

    private readonly RemoteCheckpoints _remote;
    private readonly SnapshotFile _snapshot;
    private readonly TimeProvider _clock;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly Task _work;
    private (DateTime, long) _sent;
    private TimeSpan _pace = ShortestPace;

    public SnapshotCourier(RemoteCheckpoints remote, SnapshotFile snapshot, TimeProvider clock)
    {
        (_remote, _snapshot, _clock) = (remote, snapshot, clock);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>There may be a new one. Costs the caller nothing.</summary>
    public void Offer() => _news.Writer.TryWrite(true);

    /// <summary>Brings the last one across, if it gets there within the patience.</summary>
    /// <returns>Whether the coordinator has it.</returns>
    public async Task<bool> FinishAsync(TimeSpan patience)
    {
        _news.Writer.TryComplete();
        await _hurry.CancelAsync().ConfigureAwait(false);
        using var enough = new CancellationTokenSource(patience, _clock);
        using var registration = enough.Token.Register(_cancel.Cancel);
        await _work.ConfigureAwait(false);
        // The one before the last may have failed: the last is tried for as long as there is time.
        return await SendAsync(int.MaxValue).ConfigureAwait(false);
    }

    /// <summary>Breaks off what is in work: when this returns, nothing more is sent.</summary>
    public async Task StopAsync()
    {
        _news.Writer.TryComplete();
        await _cancel.CancelAsync().ConfigureAwait(false);
        await _hurry.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _cancel.Dispose();
        _hurry.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var _ in _news.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var started = _clock.GetTimestamp();
            await SendAsync(attempts: 1).ConfigureAwait(false);
            if (_hurry.IsCancellationRequested || _pace - _clock.GetElapsedTime(started) is not { Ticks: > 0 } rest) continue;
            await Task.Delay(rest, _clock, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A snapshot is never worth a trial: whatever goes wrong here costs epochs at most, and only if the node is lost, too.
    private async Task<bool> SendAsync(int attempts)
    {
        try
        {
            var file = new FileStream(_snapshot.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            await using var _ = file.ConfigureAwait(false);
            var version = (File.GetLastWriteTimeUtc(file.SafeFileHandle), file.Length);
            if (version == _sent) return true;
            var pace = await _remote.PutSnapshotAsync(_snapshot.Key, file, attempts, _cancel.Token).ConfigureAwait(false);
            _pace = TimeSpan.FromTicks(Math.Clamp(pace?.Ticks ?? 0, ShortestPace.Ticks, LongestPace.Ticks));
            _sent = version;
            return true;
        }
        catch (Exception fault) when (fault is RemoteException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The next one is as good.
            return false;
        }
    }
}
