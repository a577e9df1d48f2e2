using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class SweepCommandTests
{
    [Fact]
    public void APausedSweepStartsNothingAndItsRunningTrialsGoOn()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        Ask(bench, new SweepCommand.Pause()).ShouldBe((true, "quick is paused: 1 running end as they would, no others start."));
        bench.Effects.StopsAsked().ShouldBeEmpty();
        bench.Finish(Lease(1, 1, "a")).Started().ShouldBeEmpty();
        bench.End.ShouldBeNull();
        Ask(bench, new SweepCommand.Pause()).ShouldBe((false, "quick is paused already."));
        Ask(bench, new SweepCommand.Resume()).ShouldBe((true, "quick goes on."));
        bench.Effects.Started()[^1].ShouldBe(Lease(2, 1, "a"));
        Ask(bench, new SweepCommand.Resume()).ShouldBe((false, "quick is not paused."));
        bench.Events.OfType<SweepEvent.SweepChanged>().Select(changed => changed.Change).ShouldBe([new SweepChange.Paused(), new SweepChange.Resumed()]);
    }

    [Fact]
    public void ACancelledSweepStopsWhatRunsAndEndsForGood()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        Ask(bench, new SweepCommand.Cancel()).Accepted.ShouldBeTrue();
        bench.Effects.StopsAsked().ShouldBe([Lease(1, 1, "a")]);
        Ask(bench, new SweepCommand.Pause()).ShouldBe((false, "quick is ending already."));
        bench.Finish(Lease(1, 1, "a"), new TrialOutcome.Stopped());
        bench.End.ShouldBe(new ClusterEffect.End(SweepEnd.Cancelled, null));
    }

    [Fact]
    public void ACancelledSweepIsStoredSoBeforeTheAnswer()
    {
        var bench = new SweepBench(3);
        bench.Join("a");
        Ask(bench, new SweepCommand.Cancel()).Accepted.ShouldBeTrue();
        bench.Effects.Saved<SweepEvent.SweepChanged>().Single().Change.ShouldBe(new SweepChange.Ending(SweepEnd.Cancelled, null));
    }

    [Fact]
    public void ACancelledSweepOfACoordinatorThatDiedIsEndedByTheNext()
    {
        TrialRecord running = new(Spec(1), TrialState.Running, 1, new NodeId("a"), Start, null, null, null, null);
        var trials = new NumberedTrials(3, [running]);
        var machine = new ClusterMachine(isStanding: true);
        var ending = new SweepChange.Ending(SweepEnd.Cancelled, null);
        var begun = machine.On(new ClusterMessage.Begin(new SweepMachine("quick", trials, new SweepPast(0, [running], [], Ending: ending))), Start);
        begun.StopsAsked().ShouldBe([Lease(1, 1, "a")]);
        begun.Saved<SweepEvent.SweepChanged>().ShouldBeEmpty();
        var ended = machine.On(new ClusterMessage.NodeSaid(new NodeId("a"), new ToCoordinator.TrialEnded(Lease(1, 1, "a"), new TrialOutcome.Stopped())), Start);
        ended.Saved<SweepEvent.SweepEnded>().Single().End.ShouldBe(SweepEnd.Cancelled);
    }

    [Fact]
    public void FailedTrialsRunAgainWithAllTheirRestarts()
    {
        var bench = new SweepBench(2, budgets: new SweepBudgets(MaxRestarts: 0));
        bench.Join("a");
        Ask(bench, new SweepCommand.RerunFailed()).ShouldBe((false, "No trial of quick has failed."));
        bench.Finish(Lease(1, 1, "a"), new TrialOutcome.Failed("out of memory"));
        Ask(bench, new SweepCommand.RerunFailed()).ShouldBe((true, "1 failed of quick run again."));
        bench.Finish(Lease(2, 1, "a")).Started().ShouldBe([Lease(1, 2, "a")]);
        bench.Finish(Lease(1, 2, "a")).Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Completed);
        bench.End!.How.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public void ASweepWithFewerTrialsThanThoughtSaysSoAndEnds()
    {
        var bench = new SweepBench(5);
        bench.Join("a");
        bench.Trials.Shrink(1);
        var effects = bench.Finish(Lease(1, 1, "a"));
        effects.Saved<SweepEvent.SweepChanged>().Single().ShouldBe(new SweepEvent.SweepChanged(Start, "quick", new SweepChange.FewerTrials(), 1));
        bench.End!.How.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public void AVerdictStopsTheTrialAndItsNodeHasTheLastWord()
    {
        var bench = Judged();
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, 1, "a"), Epoch(1))).StopsAsked().ShouldBe([Lease(1, 1, "a")]);
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, 1, "a"), Epoch(2))).StopsAsked().ShouldBeEmpty();
        var effects = bench.Finish(Lease(1, 1, "a"), new TrialOutcome.Stopped());
        effects.Saved<SweepEvent.TrialFinished>().Single().ShouldBe(
            new SweepEvent.TrialFinished(Start, Lease(1, 1, "a"), TrialState.Pruned, null, "not promising"));
        effects.Started().ShouldBe([Lease(2, 1, "a")]);
        bench.Trials.Told.ShouldBe([(1, TrialState.Pruned)]);
    }

    [Fact]
    public void ATrialThatIsDoneBeforeTheVerdictReachesItIsCompleted()
    {
        var bench = Judged();
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, 1, "a"), Epoch(1)));
        bench.Finish(Lease(1, 1, "a")).Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Completed);
    }

    [Fact]
    public void ATrialWhoseNodeDiesBehindTheVerdictIsPrunedAndNotRunAgain()
    {
        var bench = Judged();
        bench.Say("a", new ToCoordinator.EpochReported(Lease(1, 1, "a"), Epoch(1)));
        bench.Disconnect("a").Saved<SweepEvent.TrialFinished>().Single().State.ShouldBe(TrialState.Pruned);
        bench.Join("b").Started().ShouldBe([Lease(2, 1, "b")]);
    }

    private static SweepBench Judged()
    {
        var bench = new SweepBench(2, verdict: (trial, _) => trial.Id.Number == 1 ? "not promising" : null);
        bench.Join("a");
        return bench;
    }

    private static (bool Accepted, string Message) Ask(SweepBench bench, SweepCommand command)
    {
        var answer = bench.Tell(new ClusterMessage.Commanded("quick", command, 7)).OfType<ClusterEffect.Answer>().Single();
        answer.Id.ShouldBe(7);
        return (answer.Accepted, answer.Message);
    }
}
