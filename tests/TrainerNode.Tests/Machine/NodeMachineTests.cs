using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Machine;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests.Machine;

public sealed class NodeMachineTests
{
    private readonly NodeMachine _machine = new(Node(slots: 2));

    [Fact]
    public void JoiningTellsWhatItIsAndWhatItHolds()
    {
        Start(1);
        var joined = Joined();
        joined.Node.ShouldBe(Node(slots: 2));
        joined.Held.ShouldBe([LeaseOf(1)]);
    }

    [Fact]
    public void AskedToItTellsAgainWhatItHolds()
    {
        Start(1);
        Start(2);
        Done(1);
        _machine.On(new NodeMessage.Ordered(new ToNode.Announce()))
            .ShouldHaveSingleItem().ShouldBeOfType<NodeEffect.Send>().Message.ShouldBeOfType<ToCoordinator.NodeJoined>().Held.ShouldBe([LeaseOf(2)]);
    }

    [Fact]
    public void EachTrialGetsAFreeSlot()
    {
        Start(1).ShouldBe([new NodeEffect.Train(0, LeaseOf(1), SpecOf(1))]);
        Start(2).ShouldBe([new NodeEffect.Train(1, LeaseOf(2), SpecOf(2))]);
        Done(1).ShouldBe([Ended(1, new TrialOutcome.Failed("x"))]);
        Start(3).ShouldBe([new NodeEffect.Train(0, LeaseOf(3), SpecOf(3))]);
    }

    [Fact]
    public void WithoutAFreeSlotATrialIsHandedBack()
    {
        Start(1);
        Start(2);
        Start(3).ShouldBe([Ended(3, new TrialOutcome.Stopped())]);
    }

    [Fact]
    public void ARepeatedStartIsIgnoredWhileHeldAndAfterItsEnd()
    {
        Start(1);
        Start(1).ShouldBeEmpty();
        Done(1);
        Start(1).ShouldBeEmpty();
    }

    [Fact]
    public void AnotherAttemptIsAnotherLease()
    {
        Start(1);
        Done(1);
        var again = LeaseOf(1) with { Attempt = 2 };
        _machine.On(new NodeMessage.Ordered(new ToNode.StartTrial(again, SpecOf(1)))).ShouldBe([new NodeEffect.Train(0, again, SpecOf(1))]);
    }

    [Fact]
    public void OnlyAHeldLeaseIsStoppedAndOneThatNeverCameHasEnded()
    {
        Start(1);
        Start(2);
        Order(new ToNode.StopTrial(LeaseOf(2))).ShouldBe([new NodeEffect.Stop(1)]);
        Done(2);
        Order(new ToNode.StopTrial(LeaseOf(2))).ShouldBeEmpty();
        Order(new ToNode.StopTrial(LeaseOf(3))).ShouldBe([Ended(3, new TrialOutcome.Stopped())]);
        Order(new ToNode.StopTrial(LeaseOf(3))).ShouldBeEmpty();
        Start(3).ShouldBeEmpty();
    }

    [Fact]
    public void EpochsOfHeldLeasesAreReported()
    {
        var report = new EpochReport(1, new Score(1, 0.5), new Score(1, 0.5), 3);
        Start(1);
        _machine.On(new NodeMessage.EpochDone(LeaseOf(1), report)).ShouldBe([new NodeEffect.Send(new ToCoordinator.EpochReported(LeaseOf(1), report))]);
        Done(1);
        _machine.On(new NodeMessage.EpochDone(LeaseOf(1), report)).ShouldBeEmpty();
    }

    [Fact]
    public void LeavingStopsAllAndEndsWithTheLast()
    {
        Start(1);
        Start(2);
        Order(new ToNode.Leave()).ShouldBe([new NodeEffect.Stop(0), new NodeEffect.Stop(1), new NodeEffect.AwaitStops()]);
        Order(new ToNode.Leave()).ShouldBeEmpty();
        Done(1).ShouldBe([Ended(1, new TrialOutcome.Failed("x"))]);
        Start(3).ShouldBe([Ended(3, new TrialOutcome.Stopped())]);
        Done(2).ShouldBe([Ended(2, new TrialOutcome.Failed("x")), new NodeEffect.End(NodeEnd.Left)]);
    }

    [Fact]
    public void LeavingIdleEndsAtOnce() => Order(new ToNode.Leave()).ShouldBe([new NodeEffect.End(NodeEnd.Left)]);

    [Fact]
    public void WhatDoesNotStopInItsTimeIsAbandoned()
    {
        Start(1);
        Start(2);
        Order(new ToNode.Leave());
        Done(1);
        _machine.On(new NodeMessage.PatienceOver()).ShouldBe([new NodeEffect.Abandon(LeaseOf(2)), new NodeEffect.End(NodeEnd.Hung)]);
    }

    [Fact]
    public void LeavingUnaskedIsToldBeforeItFreesASlot()
    {
        Start(1);
        var effects = _machine.On(new NodeMessage.ToldToLeave());
        var told = effects[0].ShouldBeOfType<NodeEffect.Send>().Message.ShouldBeOfType<ToCoordinator.NodeJoined>();
        (told.IsDraining, told.Held.Count).ShouldBe((true, 1));
        effects.Skip(1).ShouldBe([new NodeEffect.Stop(0), new NodeEffect.AwaitStops()]);
    }

    [Fact]
    public void DrainingFinishesWhatRunsAndStartsNothing()
    {
        Start(1);
        Order(new ToNode.Drain()).ShouldBeEmpty();
        Start(2).ShouldBe([Ended(2, new TrialOutcome.Stopped())]);
        Joined().IsDraining.ShouldBeTrue();
        Joined().Held.ShouldBe([LeaseOf(1)]);
        Order(new ToNode.Drain()).ShouldBeEmpty();
        Done(1).ShouldBe([Ended(1, new TrialOutcome.Failed("x")), new NodeEffect.End(NodeEnd.Left)]);
    }

    [Fact]
    public void DrainingIdleEndsAtOnce()
    {
        Joined().IsDraining.ShouldBeFalse();
        Order(new ToNode.Drain()).ShouldBe([new NodeEffect.End(NodeEnd.Left)]);
    }

    [Fact]
    public void ADrainingNodeCanBeToldToLeave()
    {
        Start(1);
        Order(new ToNode.Drain());
        Order(new ToNode.Leave()).ShouldBe([new NodeEffect.Stop(0), new NodeEffect.AwaitStops()]);
        Done(1).ShouldBe([Ended(1, new TrialOutcome.Failed("x")), new NodeEffect.End(NodeEnd.Left)]);
    }

    [Fact]
    public void WithoutCoordinatorItEndsWhateverRuns()
    {
        Start(1);
        _machine.On(new NodeMessage.CoordinatorGone()).ShouldBe([new NodeEffect.End(NodeEnd.CoordinatorGone)]);
    }

    private ToCoordinator.NodeJoined Joined() =>
        Order(new ToNode.Announce()).ShouldHaveSingleItem().ShouldBeOfType<NodeEffect.Send>().Message.ShouldBeOfType<ToCoordinator.NodeJoined>();

    private static NodeEffect.Send Ended(int trial, TrialOutcome outcome) => new(new ToCoordinator.TrialEnded(LeaseOf(trial), outcome));

    private IReadOnlyList<NodeEffect> Start(int trial) => Order(new ToNode.StartTrial(LeaseOf(trial), SpecOf(trial)));

    private IReadOnlyList<NodeEffect> Order(ToNode order) => _machine.On(new NodeMessage.Ordered(order));

    private IReadOnlyList<NodeEffect> Done(int trial) => _machine.On(new NodeMessage.TrialDone(LeaseOf(trial), new TrialOutcome.Failed("x")));
}
