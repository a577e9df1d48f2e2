using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>
/// All decisions about the nodes of a cluster and the sweeps that share them: who is there, who is lost, and which sweep has the next free slot.
/// </summary>
/// <param name="isStanding">
/// Whether the cluster stands by itself: it outlives its sweeps, and its nodes outlive their coordinator. Else it ends with its last sweep and sends its nodes
/// home.
/// </param>
/// <param name="weightsOf">How many weights a trial learns; null, or null of a trial, where that isn't known.</param>
/// <remarks>The cost of a message does not depend on the number of trials.</remarks>
public sealed partial class ClusterMachine(bool isStanding, Func<TrialSpec, long?>? weightsOf = null)
{
    private readonly List<SweepMachine> _sweeps = [];
    private readonly NodeTable _nodes = new();
    private readonly Outbox _outbox = new();
    private readonly ReportRules _rules = new(weightsOf ?? (_ => null));
    private long _dropped;
    private long _starts;
    private bool _ended;

    // Of the last sweep that ended.
    private (SweepEnd How, string? Reason) _lastEnd;

    public bool IsStanding => isStanding;

    /// <summary>How many messages came under leases or from nodes that are not current.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public IEnumerable<NodeId> Nodes => _nodes.All.Select(node => node.Id);

    public IReadOnlyList<ClusterEffect> On(ClusterMessage message, DateTimeOffset now)
    {
        if (_ended) return [];
        _outbox.Open(now);
        Handle(message);
        Advance();
        return _outbox.Take();
    }

    private void Handle(ClusterMessage message)
    {
        switch (message)
        {
            case ClusterMessage.Begin begin: Begin(begin.Sweep); break;
            case ClusterMessage.NodeSaid said: Hear(said.Node, said.Message); break;
            case ClusterMessage.NodeDisconnected gone: Disconnect(gone); break;
            case ClusterMessage.TimerFired fired: HandleTimer(fired.Timer); break;
            case ClusterMessage.Commanded commanded: Obey(commanded); break;
            case ClusterMessage.DrainAsked asked: Drain(asked.Node, asked.Id); break;
            case ClusterMessage.StopRequested: foreach (var sweep in _sweeps) sweep.Stop(SweepEnd.Stopped); break;
            case ClusterMessage.NodesGivenUp { Reason: var reason }: foreach (var sweep in _sweeps) sweep.EndWithoutNodes(reason); break;
            default: throw new InvalidOperationException($"No decision upon {message.GetType().Name}.");
        }
    }

    private void HandleTimer(ClusterTimer timer)
    {
        switch (timer)
        {
            case ClusterTimer.SilenceCheck check: CheckSilence(check); break;
            case ClusterTimer.RetryDue { Trial.Sweep: var name }: Find(name)?.Fire(timer); break;
            case ClusterTimer.TrialTimeout { Lease.Trial.Sweep: var name }: Find(name)?.Fire(timer); break;
            case ClusterTimer.EpochTimeout { Lease.Trial.Sweep: var name }: Find(name)?.Fire(timer); break;
            case ClusterTimer.StopOverdue { Lease: var lease }: if (HasSlot(lease)) GiveUp(lease); break;
            case ClusterTimer.SweepTimeout { Sweep: var name }: Find(name)?.Fire(timer); break;
            case ClusterTimer.StopPatience { Sweep: var name }: Find(name)?.Fire(timer); break;
            default: throw new InvalidOperationException($"No decision upon {timer.GetType().Name}.");
        }
    }

    private bool HasSlot(Lease lease) => Find(lease.Trial.Sweep)?.Runs(lease) == true || _nodes.IsUnwanted(lease);

    private SweepMachine? Find(string name)
    {
        foreach (var sweep in _sweeps)
            if (sweep.Name == name) return sweep;
        return null;
    }

    private void Begin(SweepMachine sweep)
    {
        _sweeps.Add(sweep);
        foreach (var lease in sweep.Begin(_outbox, _nodes))
        {
            // Its node may well work on it still: it has as long to say so as any node that is silent.
            if (isStanding && _nodes.Find(lease.Node) is null) Presume(lease.Node);
            if (_nodes.Find(lease.Node) is { IsPresumed: true } node) sweep.TakeUp(node, lease);
            else sweep.Interrupt(lease, "its coordinator ended");
        }
    }

    private void Obey(ClusterMessage.Commanded asked)
    {
        var (accepted, text) = Find(asked.Sweep) is { } sweep ? sweep.Obey(asked.Command, asked.Completed) : (false, $"{asked.Sweep} does not run here.");
        _outbox.Add(new ClusterEffect.Answer(asked.Id, accepted, text));
    }

    private void Advance()
    {
        Dispatch();
        foreach (var sweep in _sweeps) sweep.Conclude();
        if (_sweeps.Find(sweep => sweep.End is not null) is { End: { } end }) _lastEnd = end;
        if (_sweeps.RemoveAll(sweep => sweep.End is not null) == 0 || isStanding || _sweeps.Count > 0) return;
        foreach (var node in _nodes.All) _outbox.Send(node.Id, new ToNode.Leave());
        _outbox.Add(new ClusterEffect.End(_lastEnd.How, _lastEnd.Reason));
        _ended = true;
    }

    private void Dispatch()
    {
        if (!_sweeps.Exists(sweep => sweep.MayStart)) return;
        HashSet<NodeEntry>? without = null;
        while (_nodes.LeastLoaded(node => without?.Contains(node) != true && _sweeps.Exists(sweep => sweep.MayStartOn(node))) is { } node)
            if (!StartOn(node)) (without ??= []).Add(node);
        foreach (var sweep in _sweeps) sweep.TellWhatNodesLack();
    }

    // The sweep with the fewest running goes first, and of these the one that has waited longest: all advance, whatever their sizes and however few the slots.
    private bool StartOn(NodeEntry node)
    {
        foreach (var sweep in _sweeps.Count == 1 ? _sweeps : [.. _sweeps.OrderBy(sweep => sweep.Running).ThenBy(sweep => sweep.LastStart)])
        {
            if (!sweep.StartOn(node)) continue;
            sweep.LastStart = ++_starts;
            return true;
        }
        return false;
    }
}
