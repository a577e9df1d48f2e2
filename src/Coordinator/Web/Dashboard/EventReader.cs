using System.Threading.Channels;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>One who is told what happens, at his own pace: of what he is too slow for, he is told that it is gone.</summary>
/// <param name="isNew">He has nothing yet.</param>
/// <param name="reset">What he is told then.</param>
internal sealed class EventReader(string? sweep, bool isNew, FeedEvent reset)
{
    /// <summary>At once.</summary>
    public const int Most = 64;

    private const int Waiting = 512;

    private readonly Channel<FeedEvent> _queue = Channel.CreateBounded<FeedEvent>(Waiting);
    private volatile bool _isBehind;

    public string? Sweep => sweep;

    public bool IsNew => isNew;

    public void Tell(FeedEvent happened)
    {
        if (happened.Sweep is not null && happened.Sweep != sweep) return;
        if (!_queue.Writer.TryWrite(happened)) _isBehind = true;
    }

    public void TellReset() => _isBehind = true;

    /// <summary>Nothing more comes.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <returns>Null where nothing came for so long.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="ChannelClosedException">Nothing more comes.</exception>
    public async Task<FeedEvent?> NextAsync(TimeSpan patience, CancellationToken stop)
    {
        if (IsToBeReset()) return reset;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(patience);
        try
        {
            // What waits is had in no time, even where patience has run out before it was looked for.
            if (!_queue.Reader.TryRead(out var next)) next = await _queue.Reader.ReadAsync(enough.Token);
            return IsToBeReset() ? reset : next;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool IsToBeReset()
    {
        if (!_isBehind) return false;
        // First, so that one who falls behind meanwhile is told again.
        _isBehind = false;
        while (_queue.Reader.TryRead(out _))
        {
        }
        return true;
    }
}
