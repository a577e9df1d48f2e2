using System.Threading.Channels;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Passes events on beside the coordinator's work: a terminal that stands still or a full disk holds nobody up, and misses events instead.</summary>
internal sealed class EventQueue : IDisposable
{
    // Its own, since the console's logger counts what it drops nowhere, and once it has failed writes in the time of whoever logs.
    internal const int Capacity = 8192;

    private readonly Channel<SweepEvent> _events = Channel.CreateBounded<SweepEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Action<SweepEvent> _observe;
    private readonly TimeSpan _patience;
    private readonly Task _passing;
    private long _missed;

    /// <param name="observe">Called in order, by one thread at a time.</param>
    /// <param name="patience">How long <see cref="Dispose"/> waits for it.</param>
    public EventQueue(Action<SweepEvent> observe, TimeSpan patience)
    {
        (_observe, _patience) = (observe, patience);
        _passing = Task.Run(PassAsync);
    }

    /// <summary>Events for which there was no room, or which could not be observed.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    public void On(SweepEvent happened)
    {
        if (!_events.Writer.TryWrite(happened)) Interlocked.Increment(ref _missed);
    }

    /// <summary>What has come is passed on, unless that takes too long.</summary>
    public void Dispose()
    {
        _events.Writer.TryComplete();
        _passing.Wait(_patience);
    }

    private async Task PassAsync()
    {
        await foreach (var happened in _events.Reader.ReadAllAsync()) Pass(happened);
    }

    private void Pass(SweepEvent happened)
    {
        try
        {
            _observe(happened);
        }
        catch (Exception)
        {
            // Whatever is wrong with a log, the sweep goes on.
            Interlocked.Increment(ref _missed);
        }
    }
}
