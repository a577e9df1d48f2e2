using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>What a cluster is that stands by itself: several sweeps, nodes that outlive their coordinator, and deaths.</summary>
public sealed class ClusterMachineTests
{
    private static readonly TrialOutcome Stopped = new TrialOutcome.Stopped();

    [Fact]
    public void SweepsShareTheSlotsEvenly()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Tell(Begin("other", total: 9));
        bench.Join("a", slots: 4).Started().Select(lease => lease.Trial.Sweep).ShouldBe(["quick", "other", "quick", "other"]);
        bench.Finish(Lease(1, "a")).Started().Single().Trial.ShouldBe(new TrialId("quick", 3));
    }

    [Fact]
    public void WithFewerSlotsThanSweepsAllAdvance()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Tell(Begin("other", total: 9));
        bench.Tell(Begin("third", total: 9));
        var lease = bench.Join("a").Started().Single();
        var order = new List<string> { lease.Trial.Sweep };
        for (var trial = 0; trial < 5; trial++) order.Add((lease = bench.Finish(lease).Started().Single()).Trial.Sweep);
        order.ShouldBe(["quick", "other", "third", "quick", "other", "third"]);
    }

    [Fact]
    public void ASweepThatEndsLeavesItsSlotsToTheOthers()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Tell(Begin("other", total: 2));
        bench.Join("a");
        var effects = bench.Finish(Lease(1, "a"));
        effects.Saved<SweepEvent.SweepEnded>().Single().Sweep.ShouldBe("quick");
        effects.Sent<ToNode.Leave>().ShouldBeEmpty();
        bench.Tell(new ClusterMessage.StopRequested()).Started().ShouldBeEmpty();
    }

    [Fact]
    public void AClusterThatStandsOutlivesItsSweeps()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Join("a");
        bench.Finish(Lease(1, "a"));
        bench.End.ShouldBeNull();
        bench.Tell(Begin("next", total: 1)).Started().Single().Trial.Sweep.ShouldBe("next");
    }

    [Fact]
    public void APausedSweepGivesItsSlotsToTheOthers()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Tell(Begin("other", total: 9));
        bench.Tell(new ClusterMessage.Commanded("quick", new SweepCommand.Pause(), 1));
        bench.Join("a", slots: 2).Started().Select(lease => lease.Trial.Sweep).ShouldBe(["other", "other"]);
    }

    [Fact]
    public void AnUnknownSweepIsNotCommanded() =>
        new SweepBench(1).Tell(new ClusterMessage.Commanded("other", new SweepCommand.Pause(), 1))
            .OfType<ClusterEffect.Answer>().Single().Accepted.ShouldBeFalse();

    [Fact]
    public void AfterARestartALeaseWaitsForItsNode()
    {
        var bench = Restarted(Record(1, TrialState.Running));
        bench.Join("b").Started().ShouldBe([Lease(2, "b")]);
        bench.Join("a", slots: 1, Lease(1, "a")).StopsAsked().ShouldBeEmpty();
        bench.Finish(Lease(1, "a")).Saved<SweepEvent.TrialFinished>().Single().Lease.ShouldBe(Lease(1, "a"));
    }

    [Fact]
    public void WhatANodeSaidWhileNobodyListenedCountsBeforeItJoinsAgain()
    {
        var bench = Restarted(Record(1, TrialState.Running));
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, "a"), Samples.Epoch(1))).Saved<SweepEvent.EpochEnded>().Count.ShouldBe(1);
        bench.Finish(Lease(1, "a")).Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Completed);
        bench.Join("a").Started().ShouldBe([Lease(2, "a")]);
    }

    [Fact]
    public void AfterARestartTheTrialsOfANodeThatStaysAwayRunElsewhere()
    {
        var bench = Restarted(Record(1, TrialState.Running));
        bench.Join("b");
        bench.Finish(Lease(2, "b"));
        bench.Finish(Lease(3, "b")).Started().ShouldBeEmpty();
        // It may have to wait for many others that come back as well.
        for (var check = 0; check < 2 * ClusterRules.SilentChecks; check++) bench.Fire(Check("a")).Saved<SweepEvent.AttemptEnded>().ShouldBeEmpty();
        bench.Fire(Check("a")).Started().ShouldBe([Lease(1, "b", 2)]);
        bench.Events.OfType<SweepEvent.NodeLost>().ShouldBeEmpty();
    }

    [Fact]
    public void ANodeThatComesBackHoldingWhatIsNotItsOwnMustStopItFirst()
    {
        var bench = Restarted(Record(1, TrialState.Running, attempt: 4));
        bench.Join("b", slots: 1, Lease(1, "b", 3)).StopsAsked().ShouldBe([Lease(1, "b", 3)]);
        bench.Effects.Started().ShouldBeEmpty();
        bench.Finish(Lease(1, "b", 3), Stopped).Started().ShouldBe([Lease(2, "b")]);
    }

    [Fact]
    public void WhatALocalRunLeftUnfinishedRunsAgainAtOnce()
    {
        var bench = new SweepBench(3, [Record(1, TrialState.Running)]);
        bench.Events.OfType<SweepEvent.AttemptEnded>().Single().Reason.ShouldBe("its coordinator ended");
        bench.Join("b").Started().ShouldBe([Lease(1, "b", 2)]);
    }

    [Fact]
    public void SilenceIsNoDeathWhileNobodyElseIsHeard()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Join("a");
        bench.Join("b");
        for (var check = 0; check < 20; check++)
        {
            bench.Fire(Check("a")).Saved<SweepEvent.NodeLost>().ShouldBeEmpty();
            bench.Fire(Check("b")).Saved<SweepEvent.NodeLost>().ShouldBeEmpty();
        }
        bench.Say("b", new ToCoordinator.NodeAlive(new NodeId("b")));
        var lost = bench.Fire(Check("a"));
        lost.Saved<SweepEvent.NodeLost>().Count.ShouldBe(1);
        lost.ShouldContain(new ClusterEffect.Part(new NodeId("a")));
    }

    [Fact]
    public void NodesThatWereGoneBeforeTheyGotATrialHaveNotDiedOfIt()
    {
        var bench = new SweepBench(1, isStanding: true);
        for (var life = 1; life <= 2 * ClusterRules.PoisonAfter; life++)
        {
            bench.Join("a").Started().ShouldBe([Lease(1, "a", life)]);
            bench.Now += ClusterRules.ShortestDeath / 2;
            bench.Disconnect("a").Saved<SweepEvent.TrialFinished>().ShouldBeEmpty();
        }
    }

    [Fact]
    public void ATrialUnderWhichNodesDieIsSetAside()
    {
        var bench = new SweepBench(1, isStanding: true);
        for (var death = 1; death <= ClusterRules.PoisonAfter; death++)
        {
            bench.Join("a").Started().ShouldBe([Lease(1, "a", death)]);
            bench.Now += ClusterRules.ShortestDeath;
            bench.Disconnect("a").Saved<SweepEvent.TrialFinished>().Count.ShouldBe(death == ClusterRules.PoisonAfter ? 1 : 0);
        }
    }

    [Fact]
    public void AnOrderThatNeverCameIsNoDeath()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Join("a");
        for (var lost = 1; lost <= 2 * ClusterRules.PoisonAfter; lost++)
        {
            bench.Now += TimeSpan.FromMinutes(1);
            bench.Join("a").Started().ShouldBe([Lease(1, "a")]);
        }
        bench.Finish(Lease(1, "a")).Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Completed);
    }

    // Each time it was asked it said what it held, and all that comes at once after a cut: before the order to it, which is on its way.

    [Fact]
    public void ANodeThatSaysManyTimesWhatItHoldsKeepsTheTrialThatItIsGiven()
    {
        var bench = new SweepBench(1, isStanding: true);
        for (var said = 0; said < 9; said++) bench.Join("a").StopsAsked().ShouldBeEmpty();
        bench.Join("a", slots: 1, Lease(1, "a")).ShouldBeEmpty();
        bench.Effects.Started().Distinct().ShouldBe([Lease(1, "a")]);
        bench.Events.OfType<SweepEvent.AttemptEnded>().ShouldBeEmpty();
    }

    [Fact]
    public void AnOrderIsNotRepeatedWhenItsTrialIsToStop()
    {
        var bench = new SweepBench(1, isStanding: true);
        bench.Join("a");
        bench.Tell(new ClusterMessage.StopRequested());
        var effects = bench.Join("a");
        effects.Started().ShouldBeEmpty();
        effects.Saved<SweepEvent.AttemptEnded>().Count.ShouldBe(1);
    }

    private static SweepBench Restarted(params TrialRecord[] earlier) => new(3, earlier, isStanding: true);

    private static ClusterMessage.Begin Begin(string sweep, int total) => new(new SweepMachine(
        sweep, new NumberedTrials(total, []) { Sweep = sweep }, SweepPast.None));

    private static ClusterTimer.SilenceCheck Check(string node) => new(new NodeId(node));

    private static Lease Lease(int number, string node, int attempt = 1) => Samples.Lease(number, attempt, node);

    private static TrialRecord Record(int number, TrialState state, int attempt = 1) =>
        new(SweepBench.Spec(number), state, attempt, new NodeId("a"), Samples.Start, null, null, null, null);
}
