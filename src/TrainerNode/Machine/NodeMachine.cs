using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Machine;

/// <summary>
/// Decides all that a node does. Two things always hold: no slot has more than one trial, and a lease gets exactly one terminal message, but for one that hangs
/// when the node must go. Nothing here depends on the time.
/// </summary>
public sealed class NodeMachine(NodeDescription node)
{
    private readonly Lease?[] _slots = new Lease?[node.Slots];

    // Kept for the node's life, so that a repeated order never runs a lease twice: some hundred bytes for each trial.
    private readonly HashSet<Lease> _ended = [];
    private bool _draining;
    private bool _leaving;

    public IReadOnlyList<NodeEffect> On(NodeMessage message) => message switch
    {
        NodeMessage.Ordered(ToNode.Announce) => [Announcement],
        NodeMessage.Ordered(ToNode.StartTrial start) => OnStart(start),
        NodeMessage.Ordered(ToNode.StopTrial stop) => OnStop(stop.Lease),
        NodeMessage.Ordered(ToNode.Drain) => OnDrain(),
        NodeMessage.Ordered(ToNode.Leave) => OnLeave(asked: true),
        NodeMessage.ToldToLeave => OnLeave(asked: false),
        NodeMessage.EpochDone epoch => SlotOf(epoch.Lease) is null ? [] : [new NodeEffect.Send(new ToCoordinator.EpochReported(epoch.Lease, epoch.Report))],
        NodeMessage.TrialDone done => OnDone(done),
        NodeMessage.PatienceOver => _leaving ? [.. Held.Select(lease => new NodeEffect.Abandon(lease)), new NodeEffect.End(NodeEnd.Hung)] : [],
        NodeMessage.CoordinatorGone => [new NodeEffect.End(NodeEnd.CoordinatorGone)],
        _ => throw new InvalidOperationException($"A node does not know {message}."),
    };

    private NodeEffect.Send Announcement => new(new ToCoordinator.NodeJoined(node, [.. Held], _draining));

    private IEnumerable<Lease> Held => _slots.OfType<Lease>();

    private IReadOnlyList<NodeEffect> OnStart(ToNode.StartTrial start)
    {
        if (SlotOf(start.Lease) is not null || _ended.Contains(start.Lease)) return [];
        var slot = Array.IndexOf(_slots, null);
        if (slot < 0 || _draining) return [Terminal(start.Lease, new TrialOutcome.Stopped())];
        _slots[slot] = start.Lease;
        return [new NodeEffect.Train(slot, start.Lease, start.Spec)];
    }

    // One that never came is answered too: its slot is taken until its end is known. Should it come yet, it has ended.
    private IReadOnlyList<NodeEffect> OnStop(Lease lease)
    {
        if (SlotOf(lease) is { } slot) return [new NodeEffect.Stop(slot)];
        return _ended.Contains(lease) ? [] : [Terminal(lease, new TrialOutcome.Stopped())];
    }

    private IReadOnlyList<NodeEffect> OnDrain()
    {
        _draining = true;
        return EndIfIdle();
    }

    private IReadOnlyList<NodeEffect> OnLeave(bool asked)
    {
        if (_leaving) return [];
        _leaving = _draining = true;
        if (!Held.Any()) return EndIfIdle();
        // A coordinator that did not ask for it is told first, or it would give each slot that its trial leaves another.
        NodeEffect[] first = asked ? [] : [Announcement];
        return [.. first, .. StopAll(), new NodeEffect.AwaitStops()];
    }

    private IReadOnlyList<NodeEffect> OnDone(NodeMessage.TrialDone done)
    {
        if (SlotOf(done.Lease) is not { } slot) return [];
        _slots[slot] = null;
        return [Terminal(done.Lease, done.Outcome), .. EndIfIdle()];
    }

    private IEnumerable<NodeEffect> StopAll() =>
        Enumerable.Range(0, _slots.Length).Where(slot => _slots[slot] is not null).Select(slot => new NodeEffect.Stop(slot));

    private IReadOnlyList<NodeEffect> EndIfIdle() => _draining && !Held.Any() ? [new NodeEffect.End(NodeEnd.Left)] : [];

    private NodeEffect.Send Terminal(Lease lease, TrialOutcome outcome)
    {
        _ended.Add(lease);
        return new NodeEffect.Send(new ToCoordinator.TrialEnded(lease, outcome));
    }

    private int? SlotOf(Lease lease) => Array.IndexOf(_slots, lease) is >= 0 and var slot ? slot : null;
}
