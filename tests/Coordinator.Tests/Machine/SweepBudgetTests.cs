using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class SweepBudgetTests
{
    private static readonly TrialOutcome Failure = new TrialOutcome.Failed("out of memory");
    private static readonly TrialOutcome Stopped = new TrialOutcome.Stopped();

    [Fact]
    public void NoMoreThanParallelTrialsRunAtOnce()
    {
        var bench = Bench(9, new SweepBudgets(Parallel: 2));
        bench.Join("a", slots: 4).Started().ShouldBe([Lease(1, 1, "a"), Lease(2, 1, "a")]);
        bench.Join("b", slots: 4).Started().ShouldBeEmpty();
        bench.Finish(Lease(1, 1, "a")).Started().Count.ShouldBe(1);
    }

    [Fact]
    public void OneMoreFailedTrialThanAllowedEndsTheSweepWithItsReason()
    {
        var bench = Bench(9, new SweepBudgets(MaxFailed: 1, MaxRestarts: 0));
        bench.Join("a", slots: 2);
        bench.Finish(Lease(1, 1, "a"), Failure).Started().ShouldBe([Lease(3, 1, "a")]);
        var effects = bench.Finish(Lease(2, 1, "a"), Failure);
        effects.StopsAsked().ShouldBe([Lease(3, 1, "a")]);
        effects.Started().ShouldBeEmpty();
        bench.Finish(Lease(3, 1, "a"), Stopped);
        bench.End.ShouldBe(new ClusterEffect.End(SweepEnd.TooManyFailed, "2 trials have failed, more than max_failed, which is 1"));
    }

    [Fact]
    public void ATrialThatFailsWithoutRestartsSaysItsErrorAlone()
    {
        var bench = Bench(1, new SweepBudgets(MaxRestarts: 0));
        bench.Join("a");
        bench.Finish(Lease(1, 1, "a"), Failure).Saved<SweepEvent.TrialFinished>().Single().Reason.ShouldBe("out of memory");
    }

    [Fact]
    public void ATrialBeyondItsTimeIsStoppedAndCountsAsFailed()
    {
        var bench = Bench(2, new SweepBudgets(TrialTimeout: TimeSpan.FromMinutes(10)));
        bench.Join("a").OfType<ClusterEffect.SetTimer>().ShouldContain(
            new ClusterEffect.SetTimer(new ClusterTimer.TrialTimeout(Lease(1, 1, "a")), TimeSpan.FromMinutes(10)));
        bench.Fire(new ClusterTimer.TrialTimeout(Lease(1, 1, "a"))).StopsAsked().ShouldBe([Lease(1, 1, "a")]);
        var effects = bench.Finish(Lease(1, 1, "a"), Stopped);
        effects.Saved<SweepEvent.TrialFinished>().Single().ShouldSatisfyAllConditions(
            finished => finished.State.ShouldBe(TrialState.Failed), finished => finished.Reason.ShouldBe("ran for 10 min, its trial_timeout"));
        effects.Started().ShouldBe([Lease(2, 1, "a")]);
    }

    [Fact]
    public void ANodeThatDoesNotStopATrialInTimeIsGivenUpAndTheTrialIsNotRunAgain()
    {
        var bench = Bench(2, new SweepBudgets(TrialTimeout: TimeSpan.FromMinutes(10)));
        bench.Join("a");
        bench.Fire(new ClusterTimer.TrialTimeout(Lease(1, 1, "a")));
        var effects = bench.Fire(new ClusterTimer.StopOverdue(Lease(1, 1, "a")));
        effects.Saved<SweepEvent.NodeLost>().Single().Reason.ShouldBe("did not stop quick/1 when it was asked to");
        effects.Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Failed);
        bench.Join("b").Started().ShouldBe([Lease(2, 1, "b")]);
    }

    [Fact]
    public void ATimerOfATrialThatHasEndedDoesNothing()
    {
        var bench = Bench(2, new SweepBudgets(TrialTimeout: TimeSpan.FromSeconds(90)));
        bench.Join("a");
        bench.Finish(Lease(1, 1, "a"));
        bench.Fire(new ClusterTimer.TrialTimeout(Lease(1, 1, "a"))).ShouldBeEmpty();
        bench.Fire(new ClusterTimer.StopOverdue(Lease(1, 1, "a"))).ShouldBeEmpty();
    }

    [Fact]
    public void ASweepBeyondItsTimeStopsAndSaysWhy()
    {
        var bench = Bench(2, new SweepBudgets(SweepTimeout: TimeSpan.FromHours(2)));
        bench.Effects.OfType<ClusterEffect.SetTimer>().Single().ShouldBe(
            new ClusterEffect.SetTimer(new ClusterTimer.SweepTimeout("quick"), TimeSpan.FromHours(2)));
        bench.Join("a");
        bench.Fire(new ClusterTimer.SweepTimeout("quick")).StopsAsked().ShouldBe([Lease(1, 1, "a")]);
        bench.Finish(Lease(1, 1, "a"), Stopped).Saved<SweepEvent.AttemptEnded>().Single().End.ShouldBe(AttemptEnd.Stopped);
        bench.End.ShouldBe(new ClusterEffect.End(SweepEnd.TimedOut, "sweep_timeout is 2 h"));
    }

    [Theory]
    [InlineData(0.79, false)]
    [InlineData(0.8, true)]
    [InlineData(0.9, true)]
    public void AResultAtTheTargetEndsTheSweep(double accuracy, bool reached)
    {
        var bench = Bench(3, new SweepBudgets(Target: 0.8));
        bench.Join("a", slots: 2);
        bench.Finish(Lease(1, 1, "a"), new TrialOutcome.Completed(Result(accuracy)));
        bench.Finish(Lease(2, 1, "a"), Stopped);
        (bench.End == new ClusterEffect.End(SweepEnd.TargetReached, "quick/1 has reached the target")).ShouldBe(reached);
    }

    [Fact]
    public void OnlyTheBestCheckpointsAreKept()
    {
        var bench = Bench(9, new SweepBudgets(Retain: 2));
        bench.Join("a");
        Discarded(bench, 1, 0.7).ShouldBeNull();
        Discarded(bench, 2, 0.9).ShouldBeNull();
        Discarded(bench, 3, 0.8).ShouldBe(1);
        Discarded(bench, 4, 0.1).ShouldBe(4);
        Discarded(bench, 5, 0.85).ShouldBe(3);
    }

    [Fact]
    public void WhatEarlierRunsHaveKeptCountsAsWell()
    {
        TrialRecord[] earlier = [Completed(1, 0.7), Completed(2, 0.9), Completed(3, 0.95) with { CheckpointKept = false }];
        var bench = new SweepBench(9, earlier, new SweepBudgets(Retain: 2));
        bench.Join("a");
        Discarded(bench, 4, 0.8).ShouldBe(1);

        static TrialRecord Completed(int number, double accuracy) =>
            new(SweepBench.Spec(number), TrialState.Completed, 1, new NodeId("a"), Start, Start, null, Result(accuracy), null);
    }

    private static int? Discarded(SweepBench bench, int number, double accuracy)
    {
        var effects = bench.Finish(Lease(number, 1, "a"), new TrialOutcome.Completed(Result(accuracy)));
        effects.OfType<ClusterEffect.Discard>().Count().ShouldBe(effects.Saved<SweepEvent.CheckpointDiscarded>().Count);
        return effects.Saved<SweepEvent.CheckpointDiscarded>().SingleOrDefault()?.Trial.Number;
    }

    private static SweepBench Bench(int total, SweepBudgets budgets) => new(total, budgets: budgets);
}
