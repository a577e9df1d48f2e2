namespace FashionSweep.Simulation.Tests;

/// <summary>The time of a simulated world: it goes from one thing that happens to the next, at one moment in the order in which they were asked for.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _agenda = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    public long Steps { get; private set; }

    public override DateTimeOffset GetUtcNow() => Epoch + Now;

    public void At(TimeSpan when, Action what) => _agenda.Enqueue(what, (when > Now ? when : Now, _order++));

    public void After(TimeSpan wait, Action what) => At(Now + wait, what);

    /// <summary>Lets happen what is next.</summary>
    public void Step()
    {
        if (!_agenda.TryDequeue(out var next, out var when)) throw new SimulationException("nothing is to happen any more");
        Now = when.At;
        Steps++;
        next();
    }
}

/// <summary>Something happened that must not, or did not happen in time.</summary>
internal sealed class SimulationException(string message, Exception? inner = null) : Exception(message, inner);
