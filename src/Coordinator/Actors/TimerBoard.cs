using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Actors;

/// <summary>
/// The timers that are set. Each fires as a message; one that fired just as another took its place is told apart by its number. For one thread.
/// </summary>
internal sealed class TimerBoard(TimeProvider time)
{
    private readonly Dictionary<ClusterTimer, (ITimer Timer, long Setting)> _set = [];
    private long _settings;

    public void Set(ClusterTimer name, TimeSpan after, Action<ClusterMessage> tell)
    {
        Clear(name);
        var fired = new ClusterMessage.TimerFired(name, ++_settings);
        _set[name] = (time.CreateTimer(_ => tell(fired), null, after, Timeout.InfiniteTimeSpan), fired.Setting);
    }

    public void Clear(ClusterTimer name)
    {
        if (_set.Remove(name, out var set)) set.Timer.Dispose();
    }

    /// <returns>False for one that was cleared or set anew after it fired.</returns>
    public bool Take(ClusterMessage.TimerFired fired)
    {
        if (!_set.TryGetValue(fired.Timer, out var set) || set.Setting != fired.Setting) return false;
        Clear(fired.Timer);
        return true;
    }

    public void ClearAll()
    {
        foreach (var (timer, _) in _set.Values) timer.Dispose();
        _set.Clear();
    }
}
