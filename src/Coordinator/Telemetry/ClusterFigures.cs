using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>What is known of all sweeps and nodes. Grows with what runs, never with what has run.</summary>
internal sealed class ClusterFigures
{
    /// <summary>An ended sweep stays so long for all who look now and then to see its last figures.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, SweepState> _sweeps = [];

    public IReadOnlyCollection<SweepState> Sweeps => _sweeps.Values;

    public NodeRoster Nodes { get; private set; } = NodeRoster.Empty;

    public long SlotsTaken => _sweeps.Values.Sum(sweep => sweep.Running.Count());

    /// <summary>A node that is lost may still hold leases for a moment: never below zero.</summary>
    public long SlotsFree => Math.Max(0, Nodes.Slots - SlotsTaken);

    /// <summary>Takes up a sweep as the store has it, when a coordinator goes on from it.</summary>
    public void TakeUp(SweepRecord sweep, SweepTally tally, IEnumerable<TrialRecord> running) => _sweeps[sweep.Name] = SweepState.Of(sweep, tally, running);

    public void On(SweepEvent happened)
    {
        Nodes = Nodes.Apply(happened);
        if (happened is SweepEvent.SweepStarted) Forget(happened.At);
        if (happened.Sweep() is { } name) _sweeps[name] = (_sweeps.GetValueOrDefault(name) ?? SweepState.None with { Name = name }).Apply(happened);
    }

    /// <summary>What is known of a trial that runs or is to run again.</summary>
    public TrialInPlay? Find(Lease lease) => _sweeps.GetValueOrDefault(lease.Trial.Sweep)?.Find(lease);

    /// <summary>Lets go of the sweeps that ended long ago.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (name, sweep) in _sweeps)
            if (sweep.Ended?.At + Remembered <= now) _sweeps.Remove(name);
    }
}
