using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class SweepMachineTests
{
    private static readonly TrialOutcome Failed = new TrialOutcome.Failed("out of memory");
    private static readonly TrialOutcome Stopped = new TrialOutcome.Stopped();

    [Fact]
    public void TrialsStartInOrderOnTheLeastLoadedNode()
    {
        var bench = new SweepBench(total: 9);
        bench.Join("a", slots: 3).Started().ShouldBe([Lease(1, "a"), Lease(2, "a"), Lease(3, "a")]);
        bench.Join("b").Started().ShouldBe([Lease(4, "b")]);
        bench.Finish(Lease(4, "b")).Started().ShouldBe([Lease(5, "b")]);
        bench.Finish(Lease(2, "a")).Started().ShouldBe([Lease(6, "a")]);
    }

    [Fact]
    public void ATrialIsSavedAsStartedBeforeItIsSent()
    {
        var effects = new SweepBench(1).Join("a");
        effects.Select(effect => effect.GetType()).ShouldBe(
        [
            typeof(ClusterEffect.Save), typeof(ClusterEffect.SetTimer), typeof(ClusterEffect.Save), typeof(ClusterEffect.Send),
            typeof(ClusterEffect.SetTimer),
        ]);
    }

    [Fact]
    public void TheLastResultEndsTheSweepAndSendsTheNodesHome()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Join("b");
        var effects = bench.Finish(Lease(1, "a"));
        effects.Saved<SweepEvent.SweepEnded>().Single().End.ShouldBe(SweepEnd.Complete);
        effects.Sent<ToNode.Leave>().Count().ShouldBe(2);
        effects[^1].ShouldBe(new ClusterEffect.End(SweepEnd.Complete, null));
    }

    [Fact]
    public void ASweepWithNothingLeftEndsAtOnce() =>
        new SweepBench(1, [Record(1, TrialState.Diverged)]).End.ShouldBe(new ClusterEffect.End(SweepEnd.Complete, null));

    [Fact]
    public void AFailedTrialIsRetriedAfterOneSecondThenTwoAndThenIsFailed()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Finish(Lease(1, "a"), Failed).OfType<ClusterEffect.SetTimer>().Single().ShouldBe(Retry(1, seconds: 1));
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBe([Lease(1, "a", 2)]);
        bench.Finish(Lease(1, "a", 2), Failed).OfType<ClusterEffect.SetTimer>().Single().ShouldBe(Retry(1, seconds: 2));
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1)));
        var last = bench.Finish(Lease(1, "a", 3), Failed).Saved<SweepEvent.TrialFinished>().Single();
        last.State.ShouldBe(TrialState.Failed);
        last.Reason.ShouldBe("out of memory (failed 3 times)");
    }

    [Fact]
    public void ADueRetryGoesBeforeTrialsNeverStarted()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        bench.Finish(Lease(1, "a"), Failed).Started().ShouldBe([Lease(2, "a")]);
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBeEmpty();
        bench.Finish(Lease(2, "a")).Started().ShouldBe([Lease(1, "a", 2)]);
    }

    [Fact]
    public void ADivergedTrialIsFinal()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        var finished = bench.Finish(Lease(1, "a"), new TrialOutcome.Diverged(2, 17, "the loss is not a number")).Saved<SweepEvent.TrialFinished>().Single();
        finished.State.ShouldBe(TrialState.Diverged);
        finished.Reason.ShouldBe("the loss is not a number (epoch 2, step 17)");
    }

    [Fact]
    public void TheTrialsOfADeadNodeRunElsewhereAtOnce()
    {
        var bench = new SweepBench(2);
        bench.Join("a", slots: 2);
        bench.Join("b");
        var effects = bench.Disconnect("a");
        effects.Saved<SweepEvent.AttemptEnded>().Select(ended => (ended.Lease, ended.End))
            .ShouldBe([(Lease(1, "a"), AttemptEnd.Lost), (Lease(2, "a"), AttemptEnd.Lost)]);
        effects.Started().ShouldBe([Lease(1, "b", 2)]);
    }

    [Fact]
    public void ATrialThatKillsItsNodeThreeTimesIsSetAside()
    {
        var bench = new SweepBench(2);
        foreach (var node in new[] { "a", "b", "c" })
        {
            bench.Join(node);
            bench.Disconnect(node);
        }
        var finished = bench.Events.OfType<SweepEvent.TrialFinished>().Single();
        finished.State.ShouldBe(TrialState.Failed);
        finished.Reason!.ShouldContain("died under it 3 times");
        bench.Join("d").Started().ShouldBe([Lease(2, "d")]);
    }

    [Fact]
    public void ASilentNodeIsLostWithinTenSeconds()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        for (var check = 1; check <= 4; check++) bench.Fire(Check("a")).Single().ShouldBe(new ClusterEffect.SetTimer(Check("a"), TimeSpan.FromSeconds(2)));
        bench.Fire(Check("a")).Saved<SweepEvent.NodeLost>().Single().Reason.ShouldBe("silent for 8 s");
    }

    [Fact]
    public void AnyWordOfANodeKeepsIt()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        for (var check = 1; check <= 30; check++)
        {
            bench.Fire(Check("a")).Saved<SweepEvent.NodeLost>().ShouldBeEmpty();
            if (check % 4 == 0) bench.Say("a", new ToCoordinator.NodeAlive(new NodeId("a")));
        }
    }

    [Fact]
    public void AZombieIsNotHeardAndAskedWhatItIsWhenItShowsThatItLives()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        for (var check = 0; check <= 4; check++) bench.Fire(Check("a"));
        bench.Finish(Lease(1, "a")).ShouldBeEmpty();
        bench.Say("a", new ToCoordinator.NodeAlive(new NodeId("a"))).ShouldBe([new ClusterEffect.Send(new NodeId("a"), new ToNode.Announce())]);
        bench.Machine.Dropped.ShouldBe(2);
    }

    [Fact]
    public void MessagesUnderOldOrUnknownLeasesAreDroppedAndCounted()
    {
        var bench = new SweepBench(2);
        bench.Join("a");
        bench.Finish(Lease(1, "a", 7)).ShouldBeEmpty();
        bench.Finish(Lease(2, "a")).ShouldBeEmpty();
        bench.Finish(Lease(999, "a")).ShouldBeEmpty();
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, "b"), Samples.Epoch(1))).ShouldBeEmpty();
        bench.Machine.Dropped.ShouldBe(4);
    }

    [Fact]
    public void AnEpochReportedTwiceIsSavedOnce()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, "a"), Samples.Epoch(1))).Saved<SweepEvent.EpochEnded>().Count.ShouldBe(1);
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, "a"), Samples.Epoch(1))).ShouldBeEmpty();
    }

    [Fact]
    public void ATrialStoppedUnaskedRunsAgain()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Finish(Lease(1, "a"), Stopped).OfType<ClusterEffect.SetTimer>().Single().ShouldBe(Retry(1, seconds: 1));
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBe([Lease(1, "a", 2)]);
    }

    [Fact]
    public void AStopWaitsForTheAnswersOfAllNodes()
    {
        var bench = new SweepBench(3);
        bench.Join("a", slots: 2);
        bench.Tell(new ClusterMessage.StopRequested()).StopsAsked().ShouldBe([Lease(1, "a"), Lease(2, "a")], ignoreOrder: true);
        bench.Finish(Lease(1, "a"), Stopped).Saved<SweepEvent.AttemptEnded>().Single().End.ShouldBe(AttemptEnd.Stopped);
        var last = bench.Finish(Lease(2, "a"));
        last.Saved<SweepEvent.TrialFinished>().Count.ShouldBe(1);
        last.Saved<SweepEvent.SweepEnded>().Single().End.ShouldBe(SweepEnd.Stopped);
    }

    [Fact]
    public void AStopDoesNotWaitForeverForANode()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        bench.Tell(new ClusterMessage.StopRequested()).ShouldContain(
            new ClusterEffect.SetTimer(new ClusterTimer.StopPatience("quick"), TimeSpan.FromSeconds(10)));
        var effects = bench.Fire(new ClusterTimer.StopPatience("quick"));
        effects.Saved<SweepEvent.AttemptEnded>().Single().End.ShouldBe(AttemptEnd.Stopped);
        bench.End!.How.ShouldBe(SweepEnd.Stopped);
    }

    [Fact]
    public void AStoppedSweepSendsEveryNodeHome()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        bench.Join("b");
        bench.Tell(new ClusterMessage.StopRequested());
        bench.Finish(Lease(1, "a"), Stopped).Sent<ToNode.Leave>().ShouldBeEmpty();
        var effects = bench.Finish(Lease(2, "b"), Stopped);
        effects.Sent<ToNode.Leave>().Count().ShouldBe(2);
        effects[^1].ShouldBe(new ClusterEffect.End(SweepEnd.Stopped, null));
    }

    [Fact]
    public void ASecondStopChangesNothing()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        bench.Tell(new ClusterMessage.StopRequested());
        bench.Tell(new ClusterMessage.StopRequested()).ShouldBeEmpty();
    }

    [Fact]
    public void NothingHappensAfterTheEnd()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Finish(Lease(1, "a"));
        bench.Finish(Lease(1, "a")).ShouldBeEmpty();
        bench.Disconnect("a").ShouldBeEmpty();
        bench.Join("b").ShouldBeEmpty();
        bench.Fire(Check("a")).ShouldBeEmpty();
        bench.Tell(new ClusterMessage.StopRequested()).ShouldBeEmpty();
        bench.Tell(new ClusterMessage.NodesGivenUp("none left")).ShouldBeEmpty();
    }

    [Fact]
    public void ASilentNodeThatComesBackIsToldToStopWhatRunsElsewhere()
    {
        var bench = new SweepBench(1);
        bench.Join("a");
        bench.Join("b");
        for (var check = 0; check < ClusterRules.SilentChecks; check++) bench.Fire(Check("a"));
        bench.Fire(Check("a")).Started().ShouldBe([Lease(1, "b", 2)]);
        bench.Join("a", slots: 1, Lease(1, "a")).StopsAsked().ShouldBe([Lease(1, "a")]);
    }

    [Fact]
    public void WithoutNodesTheSweepEndsWithTheReason()
    {
        var bench = new SweepBench(3);
        bench.Tell(new ClusterMessage.NodesGivenUp("no kernels called x"));
        bench.End.ShouldBe(new ClusterEffect.End(SweepEnd.NoNodes, "no kernels called x"));
    }

    [Fact]
    public void AfterARestartFinishedTrialsStayAndTheOthersGetNewLeases()
    {
        var bench = new SweepBench(3, [Record(1, TrialState.Completed), Record(2, TrialState.Running, attempt: 4)]);
        bench.Join("b", slots: 3).Started().ShouldBe([Lease(2, "b", 5), Lease(3, "b")]);
    }

    [Fact]
    public void ANodeThatComesBackWithoutATrialGetsItAgain()
    {
        var bench = new SweepBench(2);
        bench.Join("a", slots: 2);
        bench.Join("a", slots: 2, Lease(1, "a"), Lease(2, "a")).ShouldBeEmpty();
        var effects = bench.Join("a", slots: 2, Lease(1, "a"));
        effects.Saved<SweepEvent.AttemptEnded>().ShouldBeEmpty();
        effects.Started().ShouldBe([Lease(2, "a")]);
    }

    private static Lease Lease(int number, string node, int attempt = 1) => Samples.Lease(number, attempt, node);

    private static ClusterEffect.SetTimer Retry(int number, int seconds) =>
        new(new ClusterTimer.RetryDue(new TrialId("quick", number)), TimeSpan.FromSeconds(seconds));

    private static ClusterTimer.SilenceCheck Check(string node) => new ClusterTimer.SilenceCheck(new NodeId(node));

    private static TrialRecord Record(int number, TrialState state, int attempt = 1) =>
        new(SweepBench.Spec(number), state, attempt, new NodeId("a"), Samples.Start, null, null, null, null);
}
