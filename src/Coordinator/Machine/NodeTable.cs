using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>The nodes that are connected, and the leases that each holds.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<NodeId, NodeEntry> _nodes = [];
    private readonly HashSet<NodeId> _silent = [];

    public IEnumerable<NodeEntry> All => _nodes.Values;

    public NodeEntry? Find(NodeId node) => _nodes.GetValueOrDefault(node);

    public NodeEntry Add(NodeDescription description)
    {
        _silent.Remove(description.Id);
        return _nodes[description.Id] = new NodeEntry(description);
    }

    public void Remove(NodeEntry node, bool silent)
    {
        _nodes.Remove(node.Id);
        if (silent) _silent.Add(node.Id);
    }

    public bool WasSilent(NodeId node) => _silent.Contains(node);

    /// <summary>The node with the smallest share of its slots taken; null if none is free.</summary>
    public NodeEntry? LeastLoaded()
    {
        NodeEntry? least = null;
        foreach (var node in _nodes.Values)
            if (node.HasFreeSlot && (least is null || node.Load < least.Load)) least = node;
        return least;
    }
}

internal sealed class NodeEntry(NodeDescription description)
{
    private bool _heard = true;
    private int _silentChecks;

    public NodeDescription Description => description;

    public NodeId Id => description.Id;

    public HashSet<Lease> Leases { get; } = [];

    public bool HasFreeSlot => Leases.Count < description.Slots;

    public double Load => (double)Leases.Count / description.Slots;

    public void Heard() => _heard = true;

    /// <returns>How many checks in a row found that nothing was heard since the one before.</returns>
    public int Check()
    {
        _silentChecks = _heard ? 0 : _silentChecks + 1;
        _heard = false;
        return _silentChecks;
    }
}
