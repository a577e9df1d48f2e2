namespace FashionSweep.Coordinator.Actors;

/// <summary>
/// A clock that nobody sets: it begins at the time of day, and goes on by the machine's monotonic one. What lies between two of its times is how long that
/// took, though the time of day was stepped meanwhile.
/// </summary>
/// <param name="stepped">Told by how much the time of day was set, forth or back, each time that it is found out. From any thread.</param>
public sealed class SteadyTime(TimeProvider time, Action<TimeSpan> stepped) : TimeProvider
{
    // Below it the clock may have been led there bit by bit.
    private static readonly TimeSpan Smallest = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _known;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var now = _start + time.GetElapsedTime(_started);
        var step = StepAt(now);
        if (step != TimeSpan.Zero) stepped(step);
        return now;
    }

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    private TimeSpan StepAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            var step = time.GetUtcNow() - now - _known;
            if (step.Duration() < Smallest) return TimeSpan.Zero;
            _known += step;
            return step;
        }
    }
}
