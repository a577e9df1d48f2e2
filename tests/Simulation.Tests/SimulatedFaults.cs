using FashionSweep.Shared.Protocol;

namespace FashionSweep.Simulation.Tests;

/// <summary>What goes wrong with a cluster, until it is at peace.</summary>
/// <param name="possible">What may; at least one.</param>
internal sealed class SimulatedFaults(SimulatedCluster cluster, IReadOnlyList<Mishap> possible)
{
    private static readonly TimeSpan LongestFault = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(12);

    private Chance Chance => cluster.Chance;

    public void Start() => Disturb(Chance.Of([0.3, 1, 3, 7.0]));

    // Some faults do no harm until a while after the last.
    private void Disturb(double pace)
    {
        var wait = TimeSpan.FromSeconds(-pace * Math.Log(1 - Chance.Share())) + (Chance.Is(0.15) ? Rest : TimeSpan.Zero);
        cluster.Clock.After(wait, () =>
        {
            if (cluster.IsAtPeace) return;
            Happen(Chance.Of(possible));
            Disturb(pace);
        });
    }

    private void Happen(Mishap what)
    {
        cluster.Trace?.Invoke($"! {what}");
        cluster.Trouble(TimeSpan.Zero);
        var hasHappened = (cluster.Nodes.Count > 0 && HappenTo(what, Chance.Of(cluster.Nodes)))
            || (cluster.Coordinator is { } coordinator && HappenTo(what, coordinator))
            || cluster.Operator.Do(what);
        if (hasHappened) cluster.Note(what);
    }

    private bool HappenTo(Mishap what, SimulatedNode node)
    {
        switch (what)
        {
            case Mishap.NodeIsKilled: cluster.End(node, isSeen: true); break;
            case Mishap.MachineVanishes: cluster.End(node, isSeen: false); break;
            case Mishap.NodeFreezes: Freeze(node); break;
            case Mishap.NodeFreezesForGood: return cluster.HangForGood(node);
            case Mishap.NodeIsDrained: cluster.Coordinator?.Drain(node.Id); break;
            case Mishap.NodeIsToldToLeave: node.Leave(); break;
            case Mishap.ConnectionBreaks: cluster.Network.Break(node.Id); break;
            case Mishap.ConnectionFlaps: Flap(node.Id, cluster.Clock.Now + AWhile()); break;
            case Mishap.WayIsCut: cluster.Network.Cut(node.Id, up: true, down: true, AWhile()); break;
            case Mishap.WayUpIsCut: cluster.Network.Cut(node.Id, up: true, down: false, AWhile()); break;
            case Mishap.WayDownIsCut: cluster.Network.Cut(node.Id, up: false, down: true, AWhile()); break;
            case Mishap.ConnectionIsHalfOpen: cluster.Network.HalfOpen(node.Id, up: Chance.Is(0.5), AWhile()); break;
            case Mishap.MembershipIsThrownAway: node.ThrowMembershipAway(); break;
            case Mishap.MemberIsDowned: if (node.PeerName is { } peer) cluster.Network.ShutOut(peer); break;
            default: return false;
        }
        return true;
    }

    private bool HappenTo(Mishap what, SimulatedCoordinator coordinator)
    {
        switch (what)
        {
            case Mishap.CoordinatorDies: cluster.EndCoordinator("dies"); break;
            case Mishap.CoordinatorDiesBetweenSteps: coordinator.DieAfter(1 + Chance.Next(12)); break;
            case Mishap.CoordinatorFreezes: Freeze(coordinator); break;
            case Mishap.CoordinatorHandsOver: coordinator.HandOver(); break;
            case Mishap.CoordinatorIsCutOff:
                var time = AWhile();
                foreach (var node in cluster.Nodes) cluster.Network.Cut(node.Id, up: true, down: true, time);
                break;
            default: return false;
        }
        return true;
    }

    private void Flap(NodeId node, TimeSpan until)
    {
        cluster.Network.Break(node);
        if (cluster.Clock.Now < until) cluster.Clock.After(Chance.Seconds(0.05, 1), () => Flap(node, until));
    }

    private void Freeze(SimulatedProcess process)
    {
        process.Freeze();
        cluster.Clock.After(AWhile(), process.Thaw);
    }

    private TimeSpan AWhile() =>
        cluster.Trouble(Chance.Of([Chance.Seconds(0.1, 2), Chance.Seconds(2, 9), Chance.Seconds(9, 15), Chance.Seconds(9, LongestFault.TotalSeconds)]));
}
