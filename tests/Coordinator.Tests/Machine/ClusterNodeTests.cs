using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>Nodes that drain, are put aside, or hang.</summary>
public sealed class ClusterNodeTests
{
    private static readonly TrialOutcome Failed = new TrialOutcome.Failed("no space left on device");
    private static readonly TrialOutcome Stopped = new TrialOutcome.Stopped();

    [Fact]
    public void ANodeThatIsLostWhileItDrainsIsToldAgainWhenItComesBack()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1));
        bench.Disconnect("a");
        bench.Join("a").Sent<ToNode.Drain>().ShouldHaveSingleItem();
        bench.Say("a", new ToCoordinator.NodeJoined(SweepBench.Node("a"), [])).Started().ShouldBeEmpty();
    }

    [Fact]
    public void ANodeThatNeverHeardItsDrainIsToldAgainWhenItAnnouncesItself()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1));
        bench.Join("a", slots: 1, Lease(1, "a")).Sent<ToNode.Drain>().ShouldHaveSingleItem();
        bench.Say("a", new ToCoordinator.NodeJoined(SweepBench.Node("a"), [Lease(1, "a")], IsDraining: true)).Sent<ToNode.Drain>().ShouldBeEmpty();
    }

    [Fact]
    public void ASlotIsNotGivenAgainBeforeItsNodeHasAnsweredForTheTrialThatItCameBackWithout()
    {
        var earlier = new TrialRecord(SweepBench.Spec(1), TrialState.Running, 1, new NodeId("a"), Samples.Start, null, null, null, null);
        var bench = new SweepBench(9, [earlier], isStanding: true);

        var effects = bench.Join("a");

        effects.StopsAsked().ShouldBe([Lease(1, "a")]);
        effects.Started().ShouldBeEmpty();
        effects.ShouldContain(new ClusterEffect.SetTimer(new ClusterTimer.StopOverdue(Lease(1, "a")), ClusterRules.StopPatience));
        bench.Finish(Lease(1, "a"), Stopped).Started().ShouldBe([Lease(1, "a", 2)]);
    }

    [Fact]
    public void ANodeThatHasDrainedAndIsStartedAgainWorks()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1));
        bench.Finish(Lease(1, "a"));
        var left = bench.Tell(new ClusterMessage.NodeDisconnected(new NodeId("a"), "The node has left.", HasLeft: true));
        left.Saved<SweepEvent.NodeLeft>().Count.ShouldBe(1);
        left.Saved<SweepEvent.NodeLost>().ShouldBeEmpty();
        bench.Join("a").Sent<ToNode.Drain>().ShouldBeEmpty();
        bench.Effects.Started()[^1].ShouldBe(Lease(2, "a"));
    }

    [Fact]
    public void AnotherProcessOfADrainedNodesNameWorks()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1));
        bench.Disconnect("a");
        bench.Say("a", new ToCoordinator.NodeJoined(SweepBench.Node("a") with { ProcessId = 2 }, [])).Started().ShouldNotBeEmpty();
    }

    [Fact]
    public void ADrainedNodeFinishesWhatItHasAndGetsNoMore()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        var effects = bench.Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1));
        effects.Sent<ToNode.Drain>().Count().ShouldBe(1);
        effects.OfType<ClusterEffect.Answer>().Single().Message.ShouldBe("a gets no more trials: it finishes the 1 that it has, and leaves.");
        bench.Finish(Lease(1, "a")).Started().ShouldBeEmpty();
    }

    [Fact]
    public void ANodeThatIsNotThereIsNotDrained() =>
        new SweepBench(1).Tell(new ClusterMessage.DrainAsked(new NodeId("a"), 1)).OfType<ClusterEffect.Answer>().Single().Accepted.ShouldBeFalse();

    [Fact]
    public void ATrialThatFailedIsTriedAgainOnAnotherNode()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        bench.Join("b");
        bench.Finish(Lease(1, "a"), Failed).Started().ShouldBe([Lease(3, "a")]);
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1)));
        bench.Finish(Lease(3, "a")).Started().ShouldBe([Lease(4, "a")]);
        bench.Finish(Lease(2, "b")).Started().ShouldBe([Lease(1, "b", 2)]);
    }

    [Fact]
    public void ANodeOnWhichTrialsFailWhileOthersCompleteIsPutAside()
    {
        var bench = new SweepBench(99, isStanding: true);
        bench.Join("a");
        bench.Join("b");
        bench.Finish(Lease(1, "a"), Failed);
        bench.Finish(Lease(2, "b"));
        bench.Finish(Lease(3, "a"), Failed);
        var effects = bench.Finish(Lease(5, "a"), Failed);
        effects.Saved<SweepEvent.NodePutAside>().Single().Reason.ShouldBe("3 trials in a row failed on it, while others completed elsewhere");
        effects.Started().ShouldBeEmpty();
    }

    [Fact]
    public void ANodeThatIsPutAsideIsBetterThanNone()
    {
        var bench = new SweepBench(99, isStanding: true);
        bench.Join("a");
        bench.Join("b");
        bench.Finish(Lease(1, "a"), Failed);
        bench.Finish(Lease(2, "b"));
        bench.Finish(Lease(3, "a"), Failed);
        bench.Finish(Lease(5, "a"), Failed);
        bench.Disconnect("b").Started().ShouldHaveSingleItem().Node.ShouldBe(new NodeId("a"));
    }

    [Fact]
    public void WhereTrialsFailEverywhereNoNodeIsPutAside()
    {
        var bench = new SweepBench(99, isStanding: true);
        bench.Join("a");
        bench.Join("b");
        foreach (var lease in new[] { Lease(1, "a"), Lease(3, "a"), Lease(4, "a"), Lease(5, "a") }) bench.Finish(lease, Failed);
        bench.Events.OfType<SweepEvent.NodePutAside>().ShouldBeEmpty();
    }

    [Fact]
    public void AHungTrialIsStoppedAndTriedAgain()
    {
        var bench = new SweepBench(1, budgets: SweepBudgets.None with { EpochTimeout = TimeSpan.FromMinutes(5) });
        bench.Join("a").ShouldContain(new ClusterEffect.SetTimer(Overdue(1), TimeSpan.FromMinutes(5)));
        bench.Fire(Overdue(1)).StopsAsked().ShouldBe([Lease(1, "a")]);
        bench.Finish(Lease(1, "a"), Stopped).Saved<SweepEvent.AttemptEnded>().Single().Reason.ShouldBe("no epoch ended for 5 min, its epoch_timeout");
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBe([Lease(1, "a", 2)]);
    }

    [Fact]
    public void AnEpochGivesItsTrialTimeAnew()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, "a"), Samples.Epoch(1)))
            .ShouldContain(new ClusterEffect.SetTimer(Overdue(1), TimeSpan.FromHours(1)));
        bench.Finish(Lease(1, "a")).ShouldContain(new ClusterEffect.ClearTimer(Overdue(1)));
    }

    [Fact]
    public void ANodeThatDoesNotStopATrialIsSentAway()
    {
        var bench = new SweepBench(2, budgets: SweepBudgets.None with { EpochTimeout = TimeSpan.FromMinutes(5) }, isStanding: true);
        bench.Join("a");
        bench.Fire(Overdue(1));
        bench.Fire(new ClusterTimer.StopOverdue(Lease(1, "a"))).Sent<ToNode.Leave>().Count().ShouldBe(1);
        bench.Say("a", new ToCoordinator.NodeAlive(new NodeId("a"))).Sent<ToNode.Leave>().Count().ShouldBe(1);
    }

    [Fact]
    public void ANodeThatNeverHeardThatATrialIsToStopIsToldAgainAndHasItsTime()
    {
        var bench = new SweepBench(2, budgets: SweepBudgets.None with { EpochTimeout = TimeSpan.FromMinutes(5) }, isStanding: true);
        bench.Join("a");
        bench.Join("a", slots: 1, Lease(1, "a")).StopsAsked().ShouldBeEmpty();
        bench.Fire(Overdue(1));
        var again = bench.Join("a", slots: 1, Lease(1, "a"));
        again.StopsAsked().ShouldBe([Lease(1, "a")]);
        again.ShouldContain(new ClusterEffect.SetTimer(new ClusterTimer.StopOverdue(Lease(1, "a")), ClusterRules.StopPatience));
    }

    [Fact]
    public void ANodeThatNeverHeardThatItsSweepIsStoppedIsToldAgain()
    {
        var bench = new SweepBench(2, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.StopRequested());
        bench.Join("a", slots: 1, Lease(1, "a")).StopsAsked().ShouldBe([Lease(1, "a")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANodeThatDoesNotStopWhatNobodyWantsAnyMoreIsSentAway(bool hangs)
    {
        var (bench, overdue) = (new SweepBench(9, isStanding: true), new ClusterTimer.StopOverdue(Lease(5, "a")));
        bench.Join("a", slots: 1, Lease(5, "a")).ShouldContain(new ClusterEffect.SetTimer(overdue, ClusterRules.StopPatience));
        if (!hangs) bench.Finish(Lease(5, "a"), Stopped);
        bench.Fire(overdue).Sent<ToNode.Leave>().Count().ShouldBe(hangs ? 1 : 0);
    }

    [Fact]
    public void WhatASweepLeavesBehindHasItsSlotUntilItHasStopped()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.Commanded("quick", new SweepCommand.Cancel(), 1));
        bench.Tell(new ClusterMessage.Begin(new SweepMachine("other", new NumberedTrials(1, []) { Sweep = "other" }, SweepPast.None)));
        var ended = bench.Fire(new ClusterTimer.StopPatience("quick"));
        ended.Saved<SweepEvent.SweepEnded>().ShouldHaveSingleItem();
        ended.Started().ShouldBeEmpty();
        bench.Finish(Lease(1, "a"), Stopped).Started().ShouldHaveSingleItem().Trial.Sweep.ShouldBe("other");
    }

    [Fact]
    public void ATimerOfASweepsEarlierEndIsNoneOfItsNext() =>
        new SweepBench(1, isStanding: true).Fire(new ClusterTimer.StopPatience("quick")).ShouldBeEmpty();

    private static ClusterTimer.EpochTimeout Overdue(int number) => new(Lease(number, "a"));

    private static Lease Lease(int number, string node, int attempt = 1) => Samples.Lease(number, attempt, node);
}
