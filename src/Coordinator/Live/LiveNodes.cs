using System.Collections.Immutable;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>The nodes that are connected, and what each does: the sum of a cluster's events. Written by one thread at a time, read by any.</summary>
internal sealed class LiveNodes
{
    private volatile ImmutableSortedDictionary<string, LiveNode> _nodes = ImmutableSortedDictionary<string, LiveNode>.Empty;

    // Also of nodes that an earlier coordinator knew, and that have not come back yet.
    private volatile ImmutableDictionary<NodeId, ImmutableList<TrialId>> _running = ImmutableDictionary<NodeId, ImmutableList<TrialId>>.Empty;

    public IReadOnlyList<NodeStatus> Status => [.. _nodes.Values.Select(node => node.Status(_running.GetValueOrDefault(node.Description.Id, [])))];

    /// <summary>As one would have heard of them who had listened from the start.</summary>
    public IEnumerable<SweepEvent.NodeConnected> Connections => _nodes.Values.Select(node => new SweepEvent.NodeConnected(node.Since, node.Description));

    public void On(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.NodeConnected connected: _nodes = _nodes.SetItem(connected.Node.Id.Name, new LiveNode(connected.Node, connected.At)); break;
            case SweepEvent.NodeLost lost: _nodes = _nodes.Remove(lost.Node.Name); break;
            case SweepEvent.NodeLeft left: _nodes = _nodes.Remove(left.Node.Name); break;
            case SweepEvent.NodeDraining draining: Change(draining.Node, node => node with { Activity = NodeActivity.Draining }); break;
            case SweepEvent.NodePutAside aside: Change(aside.Node, node => node with { Activity = NodeActivity.Aside, Reason = aside.Reason }); break;
            case SweepEvent.TrialStarted { Lease: var lease }: Work(lease.Node, trials => trials.Add(lease.Trial)); break;
            case SweepEvent.AttemptEnded { Lease: var lease }: Work(lease.Node, trials => trials.Remove(lease.Trial)); break;
            case SweepEvent.TrialFinished { Lease: var lease }: Work(lease.Node, trials => trials.Remove(lease.Trial)); break;
        }
    }

    private void Change(NodeId id, Func<LiveNode, LiveNode> change)
    {
        if (_nodes.TryGetValue(id.Name, out var node)) _nodes = _nodes.SetItem(id.Name, change(node));
    }

    private void Work(NodeId id, Func<ImmutableList<TrialId>, ImmutableList<TrialId>> change)
    {
        var trials = change(_running.GetValueOrDefault(id, []));
        _running = trials.IsEmpty ? _running.Remove(id) : _running.SetItem(id, trials);
    }

    private sealed record LiveNode(NodeDescription Description, DateTimeOffset Since)
    {
        public NodeActivity Activity { get; init; } = NodeActivity.Working;

        public string? Reason { get; init; }

        public NodeStatus Status(IReadOnlyList<TrialId> running) => new(
            Description.Id.Name, Activity, Description.Slots, running, Description.Kernels, Description.Processor,
            Description.Host, Description.Version, Since, Reason);
    }
}
