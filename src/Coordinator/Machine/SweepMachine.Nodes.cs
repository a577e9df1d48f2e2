using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <content>Nodes: how they come, are heard, come back, and are lost.</content>
public sealed partial class SweepMachine
{
    private void Hear(NodeId id, ToCoordinator message)
    {
        if (message is ToCoordinator.NodeJoined joined && joined.Node.Id == id)
        {
            Join(joined.Node, joined.Held);
            return;
        }
        if (_nodes.Find(id) is not { } node)
        {
            Dropped++;
            // Its trials run elsewhere by now. It may come back as a new node.
            if (_nodes.WasSilent(id)) Send(id, new ToNode.Leave());
            return;
        }
        node.Heard();
        switch (message)
        {
            case ToCoordinator.NodeAlive: break;
            case ToCoordinator.EpochReported reported when Current(node, reported.Lease) is { } trial: Report(trial, reported); break;
            case ToCoordinator.TrialEnded ended when Current(node, ended.Lease) is { } trial: EndTrial(trial, ended); break;
            default: Dropped++; break;
        }
    }

    private TrialEntry? Current(NodeEntry node, Lease lease) => lease.Node == node.Id ? _trials.Under(lease) : null;

    private void Join(NodeDescription description, IReadOnlyList<Lease> held)
    {
        if (_nodes.Find(description.Id) is { } known)
        {
            if (known.Description == description)
            {
                Reconcile(known, held);
                return;
            }
            Lose(known.Id, "another node came under its name", silent: false);
        }
        var node = _nodes.Add(description);
        Save(new SweepEvent.NodeConnected(_now, description));
        Set(new SweepTimer.SilenceCheck(node.Id), SweepRules.SilenceCheck);
        foreach (var lease in held) TakeUp(node, lease);
    }

    // It connected again before its going was noticed: messages may be lost, in both directions.
    private void Reconcile(NodeEntry node, IReadOnlyList<Lease> held)
    {
        node.Heard();
        foreach (var lease in held.Except(node.Leases).ToList()) Send(node.Id, new ToNode.StopTrial(lease));
        foreach (var lease in node.Leases.Except(held).ToList())
        {
            Send(node.Id, new ToNode.StopTrial(lease));
            LoseTrial(_trials.Under(lease)!, "its node came back without it");
        }
    }

    private void TakeUp(NodeEntry node, Lease lease)
    {
        if (_ending is not null || lease.Node != node.Id || _trials.TakeUp(lease) is null)
        {
            Send(node.Id, new ToNode.StopTrial(lease));
            return;
        }
        node.Leases.Add(lease);
        _running++;
        // How long it has run is not known: its time starts anew.
        if (_budgets.TrialTimeout is { } timeout) Set(new SweepTimer.TrialTimeout(lease), timeout);
    }

    private void CheckSilence(SweepTimer.SilenceCheck check)
    {
        if (_nodes.Find(check.Node) is not { } node) return;
        if (node.Check() < SweepRules.SilentChecks) Set(check, SweepRules.SilenceCheck);
        else Lose(node.Id, $"silent for {(SweepRules.SilenceCheck * SweepRules.SilentChecks).TotalSeconds} s", silent: true);
    }

    private void Lose(NodeId id, string reason, bool silent)
    {
        if (_nodes.Find(id) is not { } node) return;
        _nodes.Remove(node, silent);
        Save(new SweepEvent.NodeLost(_now, id, reason));
        foreach (var lease in node.Leases.ToList()) LoseTrial(_trials.Under(lease)!, reason);
    }
}
