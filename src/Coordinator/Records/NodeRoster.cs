using System.Collections.Immutable;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Records;

/// <summary>The nodes that are connected: the sum of what happened to nodes. A value, for any thread.</summary>
/// <param name="Connected">How often a node has connected.</param>
/// <param name="Lost">How often one was lost.</param>
public sealed record NodeRoster(ImmutableSortedDictionary<string, NodeRecord> Nodes, long Connected = 0, long Lost = 0)
{
    public static NodeRoster Empty { get; } = new(ImmutableSortedDictionary.Create<string, NodeRecord>(StringComparer.Ordinal));

    /// <summary>By name.</summary>
    public IEnumerable<NodeRecord> All => Nodes.Values;

    /// <summary>Of all of them together.</summary>
    public int Slots => Nodes.Values.Sum(node => node.Description.Slots);

    public NodeRoster Apply(SweepEvent happened) => happened switch
    {
        SweepEvent.NodeConnected connected => this with
        {
            Nodes = Nodes.SetItem(connected.Node.Id.Name, new NodeRecord(connected.Node, connected.At)),
            Connected = Connected + 1,
        },
        SweepEvent.NodeLost lost => this with { Nodes = Nodes.Remove(lost.Node.Name), Lost = Lost + 1 },
        SweepEvent.NodeLeft left => this with { Nodes = Nodes.Remove(left.Node.Name) },
        SweepEvent.NodeDraining draining => Change(draining.Node, node => node with { Activity = NodeActivity.Draining }),
        SweepEvent.NodePutAside aside => Change(aside.Node, node => node with { Activity = NodeActivity.Aside, Reason = aside.Reason }),
        _ => this,
    };

    private NodeRoster Change(NodeId id, Func<NodeRecord, NodeRecord> change) =>
        Nodes.TryGetValue(id.Name, out var node) ? this with { Nodes = Nodes.SetItem(id.Name, change(node)) } : this;
}

/// <summary>A node that is connected.</summary>
public sealed record NodeRecord(NodeDescription Description, DateTimeOffset Since)
{
    public NodeActivity Activity { get; init; } = NodeActivity.Working;

    /// <summary>Why it gets no more trials, where that needs a word.</summary>
    public string? Reason { get; init; }

    public NodeId Id => Description.Id;
}

public enum NodeActivity
{
    Working,

    /// <summary>It finishes what it has, and leaves.</summary>
    Draining,

    /// <summary>It gets no more trials, for they fail on it.</summary>
    Aside,
}
