using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>The nodes that are there or are thought to be, and the leases that each holds.</summary>
internal sealed class NodeTable
{
    private static readonly HashSet<NodeId> NoNodes = [];
    private readonly Dictionary<NodeId, NodeEntry> _nodes = [];
    private readonly HashSet<NodeId> _dismissed = [];

    // Lost before they had drained.
    private readonly Dictionary<NodeId, NodeDescription> _drained = [];

    // Whoever may have a free slot: with thousands of busy nodes the others need not be looked at for each message.
    private readonly HashSet<NodeEntry> _roomy = [];
    private long _completed;

    public IEnumerable<NodeEntry> All => _nodes.Values;

    public NodeEntry? Find(NodeId node) => _nodes.GetValueOrDefault(node);

    /// <summary>A node that said what it is; the one that was presumed under its name, if there is one.</summary>
    public NodeEntry Meet(NodeDescription description)
    {
        _dismissed.Remove(description.Id);
        if (!_nodes.TryGetValue(description.Id, out var node)) _nodes.Add(description.Id, node = new NodeEntry(description.Id));
        node.Description = description;
        _roomy.Add(node);
        return node;
    }

    /// <summary>A node of which an earlier coordinator knew.</summary>
    public void Presume(NodeId node) => _nodes.Add(node, new NodeEntry(node));

    public void Remove(NodeEntry node)
    {
        _nodes.Remove(node.Id);
        _roomy.Remove(node);
        if (node is { IsDraining: true, Description: { } description }) _drained[node.Id] = description;
    }

    /// <summary>Whether this process was told to drain, was lost then, and has come back. A new one of its name starts anew.</summary>
    public bool WasDraining(NodeDescription description) => _drained.Remove(description.Id, out var drained) && drained == description;

    /// <summary>Takes a lease from its node: a slot is free.</summary>
    /// <returns>Whether the node had it.</returns>
    public bool Free(NodeEntry node, Lease lease)
    {
        if (!node.Leases.Remove(lease) && !node.Unwanted.Remove(lease)) return false;
        _roomy.Add(node);
        return true;
    }

    /// <summary>Nobody waits for the trial any more, but its slot is taken until its node has stopped it.</summary>
    public void Leave(Lease lease)
    {
        if (Find(lease.Node) is { } node) node.Unwanted.Add(lease);
    }

    public bool IsUnwanted(Lease lease) => Find(lease.Node)?.Unwanted.Contains(lease) == true;

    /// <summary>It is not to come back as it is.</summary>
    public void Dismiss(NodeId node) => _dismissed.Add(node);

    public bool IsDismissed(NodeId node) => _dismissed.Contains(node);

    /// <summary>The node with the smallest share of its slots taken; null if none is free. One that is put aside only where there are no others.</summary>
    /// <param name="mayStart">Whether there may be something for it.</param>
    public NodeEntry? LeastLoaded(Func<NodeEntry, bool> mayStart)
    {
        NodeEntry? least = null, leastAside = null;
        _roomy.RemoveWhere(node => !node.HasFreeSlot);
        foreach (var node in _roomy)
        {
            if (!IsLess(node, node.IsAside ? leastAside : least) || !mayStart(node)) continue;
            if (node.IsAside) leastAside = node;
            else least = node;
        }
        return least ?? leastAside;
    }

    /// <summary>Whether a node gets trials of an engine that it has: one that is put aside does where no other has it.</summary>
    public bool MayTrain(NodeEntry node, string engine) => node.Has(engine) && !(node.IsAside && HasOtherThan(NoNodes, engine));

    /// <summary>Whether a node that takes trials of an engine is there beside these.</summary>
    public bool HasOtherThan(IReadOnlySet<NodeId> nodes, string engine)
    {
        foreach (var node in _nodes.Values)
            if (node.TakesTrials && node.Has(engine) && !nodes.Contains(node.Id)) return true;
        return false;
    }

    /// <summary>Whether it is known that no node gets trials of an engine: others do get some, and all have said what they are.</summary>
    public bool Lacks(string engine)
    {
        var isAnyThere = false;
        foreach (var node in _nodes.Values)
        {
            if (node.IsDraining) continue;
            if (node.IsPresumed || node.Has(engine)) return false;
            isAnyThere = true;
        }
        return isAnyThere;
    }

    /// <summary>Whether one of the others was heard since this one fell silent.</summary>
    public bool IsAnotherHeard(NodeEntry silent)
    {
        foreach (var node in _nodes.Values)
            if (node != silent && node.SilentChecks <= ClusterRules.SilentChecks / 2) return true;
        return false;
    }

    /// <summary>Learns how a trial ended on a node.</summary>
    /// <returns>Why the node should have no more of them; null where it may.</returns>
    public string? Judge(NodeEntry node, TrialOutcome outcome)
    {
        if (outcome is TrialOutcome.Failed)
        {
            if (++node.FailuresInARow == 1) node.CompletedElsewhere = _completed;
            var others = _completed - node.CompletedElsewhere;
            return node.IsAside || node.FailuresInARow < ClusterRules.FailuresInARow || others == 0
                ? null
                : $"{node.FailuresInARow} trials in a row failed on it, while others completed elsewhere";
        }
        if (outcome is not TrialOutcome.Completed) return null;
        _completed++;
        (node.FailuresInARow, node.RefusedInARow) = (0, 0);
        return null;
    }

    private static bool IsLess(NodeEntry node, NodeEntry? other) => other is null || node.Load < other.Load;
}

internal sealed class NodeEntry(NodeId id)
{
    private bool _heard = true;

    /// <summary>Null as long as it has not said what it is.</summary>
    public NodeDescription? Description { get; set; }

    public NodeId Id => id;

    public bool IsPresumed => Description is null;

    public bool Has(string engine) => Description?.Has(engine) == true;

    /// <summary>Of trials that it should work on.</summary>
    public HashSet<Lease> Leases { get; } = [];

    /// <summary>What it works on though nobody wants it any more: its slots are taken until it has stopped.</summary>
    public HashSet<Lease> Unwanted { get; } = [];

    public bool IsDraining { get; set; }

    public bool IsAside { get; set; }

    public int FailuresInARow { get; set; }

    /// <summary>How often in a row it reported what can't be.</summary>
    public int RefusedInARow { get; set; }

    /// <summary>How many trials had completed in all when the first of them failed here.</summary>
    public long CompletedElsewhere { get; set; }

    public bool TakesTrials => Description is not null && !IsDraining && !IsAside;

    public bool HasFreeSlot => Description is not null && !IsDraining && Leases.Count + Unwanted.Count < Description.Slots;

    public double Load => (double)Leases.Count / Description!.Slots;

    /// <summary>How many checks in a row found that nothing was heard since the one before.</summary>
    public int SilentChecks { get; private set; }

    public void Heard() => (_heard, SilentChecks) = (true, 0);

    /// <returns><see cref="SilentChecks"/>.</returns>
    public int Check()
    {
        if (!_heard) SilentChecks++;
        _heard = false;
        return SilentChecks;
    }
}
