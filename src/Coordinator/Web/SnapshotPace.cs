namespace FashionSweep.Coordinator.Web;

/// <summary>
/// How long each trial in work waits between two snapshots, so that those of all together stay within what the coordinator takes. Not from the bytes that
/// come now: the trials and the size of what each sent last say it at once, without waiting for what the last pace has done. From any thread.
/// </summary>
internal sealed class SnapshotPace(TimeProvider clock)
{
    /// <summary>Bytes a second: half of what two cores receive, check and sync.</summary>
    public const long Budget = 50_000_000;

    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>What is lost with a node is at most this of training, or one epoch.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // A trial that has sent nothing for so long is over, or its node gone, or its epochs are so long that it hardly counts.
    private static readonly TimeSpan Memory = 2 * Longest;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Sent> _last = [];
    private readonly Queue<(string Key, Sent Sent)> _sent = [];
    private long _round;

    /// <param name="round">Bytes of one snapshot of each trial in work.</param>
    public static TimeSpan Of(long round) =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(round / (double)Budget), Shortest.TotalSeconds, Longest.TotalSeconds));

    /// <summary>A snapshot came.</summary>
    /// <returns>How long until the next one of its trial is wanted; whole seconds.</returns>
    public TimeSpan Next(string key, long bytes)
    {
        lock (_gate)
        {
            var sent = new Sent(bytes, clock.GetTimestamp());
            Drop(key);
            _last.Add(key, sent);
            _sent.Enqueue((key, sent));
            _round += bytes;
            while (clock.GetElapsedTime(_sent.Peek().Sent.At) > Memory)
                if (_sent.Dequeue() is var (old, of) && _last.GetValueOrDefault(old) == of) Drop(old);
            return Of(_round);
        }
    }

    /// <summary>The trial has ended.</summary>
    public void Forget(string key)
    {
        lock (_gate) Drop(key);
    }

    private void Drop(string key)
    {
        if (_last.Remove(key, out var sent)) _round -= sent.Bytes;
    }

    private sealed record Sent(long Bytes, long At);
}
