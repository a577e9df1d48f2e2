using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>What the events of all sweeps add up to. Grows with what runs, never with what has run.</summary>
internal sealed class ClusterFigures
{
    /// <summary>An ended sweep stays so long for all who look now and then to see its last figures.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, SweepFigures> _sweeps = [];
    private readonly Dictionary<NodeId, int> _slots = [];
    private readonly HashSet<Lease> _running = [];

    public IReadOnlyCollection<SweepFigures> Sweeps => _sweeps.Values;

    public long Nodes => _slots.Count;

    public long NodesConnected { get; private set; }

    public long NodesLost { get; private set; }

    public long SlotsTaken => _running.Count;

    /// <summary>A node that is lost may still hold leases for a moment: never below zero.</summary>
    public long SlotsFree => Math.Max(0, _slots.Values.Sum() - _running.Count);

    /// <summary>Takes up a sweep as the store has it, when a coordinator goes on from it.</summary>
    public void Resume(SweepRecord sweep, SweepTally tally, IEnumerable<TrialRecord> running)
    {
        var figures = Of(sweep.Name);
        (figures.Planned, figures.Objective, figures.Done) = (sweep.Total, sweep.Objective, tally.Finished);
        figures.Rank(tally.Best?.Result);
        foreach (var trial in running) Run(new Lease(trial.Spec.Id, trial.Node, trial.Attempt));
    }

    public void On(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted started: Start(started); break;
            case SweepEvent.NodeConnected connected: Connect(connected.Node); break;
            case SweepEvent.NodeLost lost: Lose(lost.Node); break;
            case SweepEvent.NodeLeft left: _slots.Remove(left.Node); break;
            case SweepEvent.TrialStarted started: Of(started.Lease).Start(started); Run(started.Lease); break;
            case SweepEvent.EpochEnded ended: Of(ended.Lease).Add(ended.Report); Run(ended.Lease); break;
            case SweepEvent.AttemptEnded ended: Of(ended.Lease).Return(ended.End); Release(ended.Lease); break;
            case SweepEvent.TrialFinished finished: Of(finished.Lease).Finish(finished.State, finished.Result); Release(finished.Lease); break;
            case SweepEvent.SweepChanged changed: Change(changed); break;
            case SweepEvent.SweepEnded ended: End(ended); break;
        }
    }

    /// <summary>Lets go of the sweeps that ended long ago.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (name, sweep) in _sweeps)
            if (sweep.EndedAt + Remembered <= now) _sweeps.Remove(name);
    }

    private SweepFigures Of(Lease lease) => Of(lease.Trial.Sweep);

    private SweepFigures Of(string sweep) => _sweeps.TryGetValue(sweep, out var known) ? known : _sweeps[sweep] = new SweepFigures(sweep);

    private void Start(SweepEvent.SweepStarted started)
    {
        Forget(started.At);
        var sweep = Of(started.Sweep);
        (sweep.Planned, sweep.Done, sweep.EndedAt) = (started.Total, started.Finished, null);
    }

    private void Connect(NodeDescription node)
    {
        _slots[node.Id] = node.Slots;
        NodesConnected++;
    }

    private void Lose(NodeId node)
    {
        _slots.Remove(node);
        NodesLost++;
    }

    // An epoch under a lease that was given before this process counts as its start.
    private void Run(Lease lease)
    {
        if (_running.Add(lease)) Of(lease).Running++;
    }

    private void Release(Lease lease)
    {
        if (_running.Remove(lease)) Of(lease).Running--;
    }

    private void Change(SweepEvent.SweepChanged changed)
    {
        var sweep = Of(changed.Sweep);
        sweep.Planned = changed.Total;
        if (changed.Change is SweepChange.FailedReopened(var trials)) sweep.Done -= trials.Count;
    }

    private void End(SweepEvent.SweepEnded ended)
    {
        var sweep = Of(ended.Sweep);
        (sweep.EndedAt, sweep.Running) = (ended.At, 0);
        _running.RemoveWhere(lease => lease.Trial.Sweep == ended.Sweep);
    }
}
