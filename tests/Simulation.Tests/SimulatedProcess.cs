namespace FashionSweep.Simulation.Tests;

/// <summary>A process: it does one thing after the other, nothing while it is frozen, and nothing more once it has ended.</summary>
internal abstract class SimulatedProcess(VirtualClock clock)
{
    private readonly Queue<Action> _waiting = [];
    private bool _isRunning;

    public bool IsAlive { get; private set; } = true;

    public bool IsFrozen { get; private set; }

    public void Do(Action what)
    {
        if (!IsAlive) return;
        _waiting.Enqueue(what);
        Run();
    }

    public void After(TimeSpan wait, Action what) => clock.After(wait, () => Do(what));

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        IsFrozen = false;
        Run();
    }

    public void Die() => IsAlive = false;

    private void Run()
    {
        if (_isRunning) return;
        _isRunning = true;
        while (IsAlive && !IsFrozen && _waiting.TryDequeue(out var next)) next();
        _isRunning = false;
    }
}
