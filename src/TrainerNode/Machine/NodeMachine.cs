using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Machine;

/// <summary>
/// Decides all that a node does. Two things always hold: no slot has more than one trial, and a lease gets exactly one terminal message. Nothing here
/// depends on the time.
/// </summary>
public sealed class NodeMachine(NodeDescription node)
{
    private readonly Lease?[] _slots = new Lease?[node.Slots];

    // Kept for the node's life, so that a repeated order never runs a lease twice: some hundred bytes for each trial.
    private readonly HashSet<Lease> _ended = [];
    private bool _leaving;

    public IReadOnlyList<NodeEffect> On(NodeMessage message) => message switch
    {
        NodeMessage.Connected or NodeMessage.Ordered(ToNode.Announce) => [new NodeEffect.Send(new ToCoordinator.NodeJoined(node, [.. Held]))],
        NodeMessage.Ordered(ToNode.StartTrial start) => OnStart(start),
        NodeMessage.Ordered(ToNode.StopTrial stop) => StopWhere(lease => lease == stop.Lease),
        NodeMessage.Ordered(ToNode.Leave) => OnLeave(),
        NodeMessage.EpochDone epoch => SlotOf(epoch.Lease) is null ? [] : [new NodeEffect.Send(new ToCoordinator.EpochReported(epoch.Lease, epoch.Report))],
        NodeMessage.TrialDone done => OnDone(done),
        NodeMessage.AliveDue => [new NodeEffect.Send(new ToCoordinator.NodeAlive(node.Id))],
        NodeMessage.CoordinatorGone => [new NodeEffect.End(NodeEnd.CoordinatorGone)],
        _ => throw new InvalidOperationException($"A node does not know {message}."),
    };

    private IEnumerable<Lease> Held => _slots.OfType<Lease>();

    private IReadOnlyList<NodeEffect> OnStart(ToNode.StartTrial start)
    {
        if (SlotOf(start.Lease) is not null || _ended.Contains(start.Lease)) return [];
        var slot = Array.IndexOf(_slots, null);
        if (slot < 0 || _leaving) return [Terminal(start.Lease, new TrialOutcome.Stopped())];
        _slots[slot] = start.Lease;
        return [new NodeEffect.Train(slot, start.Lease, start.Spec)];
    }

    private IReadOnlyList<NodeEffect> OnLeave()
    {
        if (_leaving) return [];
        _leaving = true;
        return [.. StopWhere(_ => true), .. EndIfIdle()];
    }

    private IReadOnlyList<NodeEffect> OnDone(NodeMessage.TrialDone done)
    {
        if (SlotOf(done.Lease) is not { } slot) return [];
        _slots[slot] = null;
        return [Terminal(done.Lease, done.Outcome), .. EndIfIdle()];
    }

    private IReadOnlyList<NodeEffect> StopWhere(Func<Lease, bool> chosen) =>
        [.. Enumerable.Range(0, _slots.Length).Where(slot => _slots[slot] is { } lease && chosen(lease)).Select(slot => new NodeEffect.Stop(slot))];

    private IReadOnlyList<NodeEffect> EndIfIdle() => _leaving && !Held.Any() ? [new NodeEffect.End(NodeEnd.Left)] : [];

    private NodeEffect.Send Terminal(Lease lease, TrialOutcome outcome)
    {
        _ended.Add(lease);
        return new NodeEffect.Send(new ToCoordinator.TrialEnded(lease, outcome));
    }

    private int? SlotOf(Lease lease) => Array.IndexOf(_slots, lease) is >= 0 and var slot ? slot : null;
}
