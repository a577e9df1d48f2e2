using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <content>Nodes: how they come, are heard, come back, are put aside, and are lost.</content>
public sealed partial class ClusterMachine
{
    private void Hear(NodeId id, ToCoordinator message)
    {
        if (message is ToCoordinator.NodeJoined joined && joined.Node.Id == id) Join(joined);
        else if (_nodes.Find(id) is { } node) Hear(node, message);
        else MeetStranger(id, message);
    }

    private void Hear(NodeEntry node, ToCoordinator message)
    {
        node.Heard();
        switch (message)
        {
            case ToCoordinator.NodeAlive: break;
            case ToCoordinator.EpochReported reported when SweepOf(node, reported.Lease) is { } sweep && Report(node, sweep, reported): break;
            case ToCoordinator.TrialEnded ended when SweepOf(node, ended.Lease) is { } sweep:
                ended = Believed(node, sweep, ended);
                sweep.EndTrial(ended);
                Judge(node, ended);
                break;
            case ToCoordinator.TrialEnded ended when _nodes.Free(node, ended.Lease): break;
            default: Drop(); break;
        }
    }

    private bool Report(NodeEntry node, SweepMachine sweep, ToCoordinator.EpochReported reported)
    {
        if (ReportRules.FindFault(sweep.SpecOf(reported.Lease), reported.Report) is not { } fault) return sweep.Report(reported);
        if (sweep.Refuse(reported.Lease, fault)) Distrust(node, fault);
        return true;
    }

    // A first attempt alone has all of its epochs to train: a later one may go on from the last epoch's snapshot.
    private ToCoordinator.TrialEnded Believed(NodeEntry node, SweepMachine sweep, ToCoordinator.TrialEnded ended)
    {
        var age = ended.Lease.Attempt == 1 && sweep.AgeOf(ended.Lease) is var time && time >= TimeSpan.Zero ? time : (TimeSpan?)null;
        if (_rules.FindFault(sweep.SpecOf(ended.Lease), ended.Outcome, age) is not { } fault) return ended;
        Distrust(node, fault);
        return ended with { Outcome = new TrialOutcome.Failed(fault) };
    }

    private void Distrust(NodeEntry node, string fault)
    {
        if (++node.RefusedInARow < ClusterRules.RefusedInARow || node.IsAside) return;
        node.IsAside = true;
        var reason = $"{node.RefusedInARow} times in a row it reported what can't be; the last time: {fault}";
        _outbox.Save(new SweepEvent.NodePutAside(_outbox.Now, node.Id, reason));
    }

    // Its trials run elsewhere by now. Once it has said what it is and holds, it can have others. It is asked at its signs of life alone: after a cut all that
    // it could not say meanwhile comes at once, and may be thousands.
    private void MeetStranger(NodeId id, ToCoordinator message)
    {
        Drop();
        if (message is ToCoordinator.NodeAlive) _outbox.Send(id, _nodes.IsDismissed(id) ? new ToNode.Leave() : new ToNode.Announce());
    }

    private void Drop() => Interlocked.Increment(ref _dropped);

    private SweepMachine? SweepOf(NodeEntry node, Lease lease) =>
        lease.Node == node.Id && Find(lease.Trial.Sweep) is { } sweep && sweep.Runs(lease) ? sweep : null;

    private void Join(ToCoordinator.NodeJoined joined)
    {
        var (description, held) = (joined.Node, joined.Held);
        if (_nodes.Find(description.Id) is { IsPresumed: false } other && other.Description != description)
            Lose(other.Id, "another node came under its name");
        var known = _nodes.Find(description.Id);
        var isSameProcess = known is { IsPresumed: false };
        if (!isSameProcess) _outbox.Save(new SweepEvent.NodeConnected(_outbox.Now, description));
        if (known is null) _outbox.Set(new ClusterTimer.SilenceCheck(description.Id), ClusterRules.SilenceCheck);
        var node = _nodes.Meet(description);
        var mustDrain = _nodes.WasDraining(description) || node.IsDraining;
        if (joined.IsDraining || mustDrain) BeginDraining(node);
        // The order was lost with a connection.
        if (mustDrain && !joined.IsDraining) _outbox.Send(node.Id, new ToNode.Drain());
        Reconcile(node, held, isSameProcess);
    }

    // It may have connected again before its going was noticed: messages may be lost, in both directions.
    private void Reconcile(NodeEntry node, IReadOnlyList<Lease> held, bool isSameProcess)
    {
        node.Heard();
        node.Unwanted.Clear();
        foreach (var lease in held.Except(node.Leases)) StopUnwanted(node, lease);
        foreach (var lease in node.Leases.Intersect(held)) Find(lease.Trial.Sweep)!.StopAgain(lease);
        var takesOrders = isSameProcess && !node.IsDraining && node.Unwanted.Count == 0;
        foreach (var lease in node.Leases.Except(held).ToList())
        {
            var sweep = Find(lease.Trial.Sweep)!;
            // It was lost, or is still on its way to a node that said this before it came. One that comes twice is one to a node.
            if (takesOrders && sweep.OrderAgain(lease)) continue;
            // A process that lives has not died of a trial, and of one that an earlier coordinator knew it is not sure that it is another.
            sweep.Lose(lease, "its node came back without it", isDeath: false);
            StopUnwanted(node, lease);
        }
    }

    private void StopUnwanted(NodeEntry node, Lease lease)
    {
        node.Unwanted.Add(lease);
        _outbox.Send(node.Id, new ToNode.StopTrial(lease));
        // One that hangs would have its slot for ever.
        _outbox.Set(new ClusterTimer.StopOverdue(lease), ClusterRules.StopPatience);
    }

    private void Presume(NodeId id)
    {
        _nodes.Presume(id);
        _outbox.Set(new ClusterTimer.SilenceCheck(id), ClusterRules.SilenceCheck);
    }

    // Where nobody else is heard it may well be this end that is cut off; and there is nobody to work in its place. A node that has not come back to this
    // coordinator yet may have to wait for many others.
    private void CheckSilence(ClusterTimer.SilenceCheck check)
    {
        if (_nodes.Find(check.Node) is not { } node) return;
        var silent = node.Check();
        var isLost = silent >= ClusterRules.SilentChecks * (node.IsPresumed ? 2 : 1);
        if (!isLost || isStanding && !node.IsPresumed && !_nodes.IsAnotherHeard(node)) _outbox.Set(check, ClusterRules.SilenceCheck);
        else Lose(node.Id, $"silent for {(ClusterRules.SilenceCheck * silent).TotalSeconds} s", isSilent: true);
    }

    // Its slot hangs, and nobody knows what else: it has to start anew.
    private void GiveUp(Lease lease)
    {
        _nodes.Dismiss(lease.Node);
        _outbox.Send(lease.Node, new ToNode.Leave());
        // Its link stays: over it the node is told again, should it not have heard.
        Lose(lease.Node, $"did not stop {lease.Trial} when it was asked to");
    }

    private void Disconnect(ClusterMessage.NodeDisconnected gone)
    {
        if (gone.HasLeft && _nodes.Find(gone.Node) is { } node) node.IsDraining = false;
        Lose(gone.Node, gone.Reason, gone.HasLeft);
    }

    private void Lose(NodeId id, string reason, bool hasLeft = false, bool isSilent = false)
    {
        if (_nodes.Find(id) is not { } node) return;
        _nodes.Remove(node);
        _outbox.Add(new ClusterEffect.ClearTimer(new ClusterTimer.SilenceCheck(id)));
        if (isSilent) _outbox.Add(new ClusterEffect.Part(id));
        if (!node.IsPresumed) _outbox.Save(hasLeft ? new SweepEvent.NodeLeft(_outbox.Now, id) : new SweepEvent.NodeLost(_outbox.Now, id, reason));
        foreach (var lease in node.Leases.ToList()) Lose(lease, reason);
    }

    // What was given to a node that was gone already did not kill it.
    private void Lose(Lease lease, string reason)
    {
        var sweep = Find(lease.Trial.Sweep)!;
        sweep.Lose(lease, reason, isDeath: !isStanding || sweep.AgeOf(lease) >= ClusterRules.ShortestDeath);
    }

    private void Judge(NodeEntry node, ToCoordinator.TrialEnded ended)
    {
        if (_nodes.Judge(node, ended.Outcome) is not { } fault) return;
        node.IsAside = true;
        _outbox.Save(new SweepEvent.NodePutAside(_outbox.Now, node.Id, fault));
    }

    private void Drain(NodeId id, long ask)
    {
        if (_nodes.Find(id) is not { IsPresumed: false } node)
        {
            _outbox.Add(new ClusterEffect.Answer(ask, false, $"no node {id} is connected"));
            return;
        }
        BeginDraining(node);
        _outbox.Send(id, new ToNode.Drain());
        var left = node.Leases.Count == 0 ? "it has none" : $"it finishes the {node.Leases.Count} that it has";
        _outbox.Add(new ClusterEffect.Answer(ask, true, $"{id} gets no more trials: {left}, and leaves."));
    }

    private void BeginDraining(NodeEntry node)
    {
        if (!node.IsDraining) _outbox.Save(new SweepEvent.NodeDraining(_outbox.Now, node.Id));
        node.IsDraining = true;
    }
}
