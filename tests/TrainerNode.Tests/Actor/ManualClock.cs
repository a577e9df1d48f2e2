namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>A clock whose one timer ticks when told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private Action? _tick;

    public TimeSpan Period { get; private set; }

    public void Tick() => _tick?.Invoke();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _tick = () => callback(state);
        Period = period;
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
