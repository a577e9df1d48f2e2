using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>A whole sweep on a virtual clock, with nodes that die and trials that fail by the roll of a seeded die.</summary>
public sealed class SweepSimulationTests
{
    private const int Total = 20_000;
    private readonly Random _chance = new(5);
    private readonly PriorityQueue<ClusterMessage, (DateTimeOffset At, int Order)> _agenda = new();
    private readonly RecordedSweep _store = new();
    private readonly ClusterMachine _machine = new(isStanding: true);
    private DateTimeOffset _now = Samples.Start;
    private int _order;
    private int _nodes;
    private int _losses;

    [Fact]
    public void TwentyThousandTrialsEndOnAFailingCluster()
    {
        Plan(new ClusterMessage.Begin(SweepBench.Over(Total)), seconds: 0);
        for (var node = 0; node < 50; node++) PlanNode();
        while (_store.End is null && _agenda.TryDequeue(out var message, out var when))
        {
            _now = when.At;
            foreach (var effect in _machine.On(message, _now)) Perform(effect);
            if (message is ClusterMessage.NodeDisconnected) PlanNode();
        }
        _store.End.ShouldBe(SweepEnd.Complete);
        _store.Finished.ShouldBe(Total);
        _losses.ShouldBeGreaterThan(100);
    }

    private void Perform(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Save save:
                _store.Append(save.Event);
                if (save.Event is SweepEvent.AttemptEnded { End: AttemptEnd.Lost }) _losses++;
                break;
            case ClusterEffect.SetTimer set: Plan(new ClusterMessage.TimerFired(set.Timer), set.After.TotalSeconds); break;
            case ClusterEffect.Send { Message: ToNode.StartTrial start }: PlanTrial(start.Lease); break;
        }
    }

    private void PlanNode()
    {
        var node = SweepBench.Node($"node-{++_nodes}", slots: 4);
        Say(node.Id, new ToCoordinator.NodeJoined(node, []), seconds: 1);
        // Half of them die with a word, half fall silent.
        var life = 100 + 2_000 * _chance.NextDouble();
        for (var second = 4.0; second < life; second += 4) Say(node.Id, new ToCoordinator.NodeAlive(node.Id), second);
        Plan(new ClusterMessage.NodeDisconnected(node.Id, "killed"), life + (_chance.Next(2) == 0 ? 0 : 60));
    }

    private void PlanTrial(Lease lease)
    {
        Say(lease.Node, new ToCoordinator.EpochReported(lease, Samples.Epoch(1)), seconds: 5);
        TrialOutcome outcome = _chance.Next(20) == 0 ? new TrialOutcome.Failed("an error") : new TrialOutcome.Completed(Samples.Result());
        Say(lease.Node, new ToCoordinator.TrialEnded(lease, outcome), 6 + 20 * _chance.NextDouble());
    }

    private void Say(NodeId node, ToCoordinator message, double seconds) => Plan(new ClusterMessage.NodeSaid(node, message), seconds);

    private void Plan(ClusterMessage message, double seconds) => _agenda.Enqueue(message, (_now.AddSeconds(seconds), _order++));
}
