namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>A clock that stands still, and whose timers fire when told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];

    public TimeSpan Period => Of(timer => timer.Period > TimeSpan.Zero).Period;

    /// <summary>Fires the timer that repeats.</summary>
    public void Tick() => Of(timer => timer.Period > TimeSpan.Zero).Fire();

    /// <summary>Waits until somebody waits for as long as this, and lets that time pass.</summary>
    public async Task ElapseAsync(TimeSpan wait)
    {
        while (!Has(wait)) await Task.Delay(5);
        Of(timer => timer.DueTime == wait).Fire();
    }

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 13, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state), dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    private bool Has(TimeSpan wait)
    {
        lock (_gate) return _timers.Exists(timer => timer.DueTime == wait && timer.Period <= TimeSpan.Zero);
    }

    private Timer Of(Predicate<Timer> chosen)
    {
        lock (_gate) return _timers.Find(chosen)!;
    }

    private sealed class Timer(Action fire, TimeSpan dueTime, TimeSpan period) : ITimer
    {
        public Action Fire => fire;

        public TimeSpan DueTime => dueTime;

        public TimeSpan Period => period;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
