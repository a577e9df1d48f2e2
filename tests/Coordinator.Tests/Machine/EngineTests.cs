using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Space;
using FashionSweep.Search.Tests;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>Trials of engines that not all nodes have. Of those with two engines the odd ones are torchsharp's.</summary>
public sealed class EngineTests
{
    private static readonly TrialOutcome Failed = new TrialOutcome.Failed("no space left on device");

    [Fact]
    public void ANodeGetsTrialsOfItsEnginesAlone()
    {
        var bench = new SweepBench(6, hasTwoEngines: true);
        bench.Join("native", slots: 2).Started().Select(lease => lease.Trial.Number).ShouldBe([2, 4]);
        JoinWithBoth(bench, "both", slots: 2).Started().Select(lease => lease.Trial.Number).ShouldBe([1, 3]);
    }

    [Fact]
    public void WhatWaitsForAnEngineIsStoredOnce()
    {
        var bench = new SweepBench(6, hasTwoEngines: true);
        bench.Join("native");
        bench.Finish(Lease(2, "native"));
        bench.Effects.Saved<SweepEvent.TrialDrawn>().Select(drawn => drawn.Spec.Id.Number).ShouldBe([1, 3]);
    }

    [Fact]
    public void ItIsSaidOnceThatNoNodeHasAnEngineAndThatTheTrialsWaitNoLonger()
    {
        var bench = new SweepBench(8, hasTwoEngines: true);
        bench.Join("native");
        for (var number = 2; number <= 8; number += 2) bench.Finish(Lease(number, "native"));
        var said = bench.Effects.Saved<SweepEvent.EngineAwaited>();
        said.Select(awaited => (awaited.Engine, awaited.Trials, awaited.IsNews)).ShouldBe(
            [("torchsharp", 1, true), ("torchsharp", 2, false), ("torchsharp", 3, false), ("torchsharp", 4, false)]);
        JoinWithBoth(bench, "both").Saved<SweepEvent.EngineAwaited>().ShouldHaveSingleItem().ShouldBe(
            new SweepEvent.EngineAwaited(bench.Now, "quick", "torchsharp", 0, IsNews: true));
        bench.End.ShouldBeNull();
        for (var number = 1; number <= 7; number += 2) bench.Finish(Lease(number, "both"));
        bench.End!.How.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public void OfASweepOfOneEngineAllWaitAndNoneIsDrawn()
    {
        var trials = new NumberedTrials(12, []);
        trials.Spec = trials.Spec with { Space = Engine.Space([new("engine", new SearchDomain.Constant("torchsharp"))]) };
        var machine = new ClusterMachine(isStanding: true);
        machine.On(new ClusterMessage.Begin(new SweepMachine("quick", trials, SweepPast.None)), Samples.Start);
        var joined = machine.On(
            new ClusterMessage.NodeSaid(new NodeId("native"), new ToCoordinator.NodeJoined(SweepBench.Node("native", 4), [])), Samples.Start);
        joined.Saved<SweepEvent.EngineAwaited>().ShouldHaveSingleItem().Trials.ShouldBe(12);
        joined.Saved<SweepEvent.TrialDrawn>().ShouldBeEmpty();
        joined.Started().ShouldBeEmpty();
    }

    [Fact]
    public void OfNodesThatAllGoNoneLacksAnEngine()
    {
        var bench = new SweepBench(4, isStanding: true);
        bench.Join("native");
        bench.Tell(new ClusterMessage.DrainAsked(new NodeId("native"), 1));
        bench.Finish(Lease(1, "native"));
        bench.Effects.Saved<SweepEvent.EngineAwaited>().ShouldBeEmpty();
    }

    [Fact]
    public void NothingIsSaidBeforeEachNodeHasSaidWhatItIs()
    {
        TrialRecord[] earlier =
        [
            new(new NumberedTrials(4, []) { HasTwoEngines = true }.SpecOf(2), TrialState.Running, 1, new NodeId("gone"), Samples.Start, null, null, null, null),
        ];
        var bench = new SweepBench(4, earlier, isStanding: true, hasTwoEngines: true);
        bench.Join("native").Saved<SweepEvent.EngineAwaited>().ShouldBeEmpty();
        bench.Join("gone", slots: 1, Lease(2, "gone")).Saved<SweepEvent.EngineAwaited>().ShouldHaveSingleItem();
    }

    [Fact]
    public void ATrialThatFailedOnTheOnlyNodeOfItsEngineIsTriedAgainThere()
    {
        var bench = new SweepBench(2, hasTwoEngines: true);
        bench.Join("native", slots: 2);
        JoinWithBoth(bench, "both");
        bench.Finish(Lease(1, "both"), Failed);
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBe([Lease(1, "both") with { Attempt = 2 }]);
    }

    [Fact]
    public void ANodeThatIsPutAsideGetsWhatNoOtherCanTrain()
    {
        var bench = new SweepBench(20, hasTwoEngines: true, isStanding: true);
        bench.Join("native");
        JoinWithBoth(bench, "both");
        bench.Finish(Lease(2, "native"));
        Lease[] failing = [Lease(1, "both"), Lease(3, "both"), Lease(5, "both")];
        foreach (var lease in failing)
        {
            bench.Finish(lease, Failed);
            bench.Finish(bench.Effects.Started().Last(started => started.Node.Name == "native"));
        }
        bench.Effects.Saved<SweepEvent.NodePutAside>().ShouldHaveSingleItem();
        bench.Effects.Started()[^1].Node.Name.ShouldBe("native");
        bench.Effects.Started().Last(lease => lease.Node.Name == "both").Trial.Number.ShouldBe(7);
    }

    [Fact]
    public void WhatWasDrawnIsNotLostWithItsCoordinator()
    {
        var trials = new NumberedTrials(4, []) { HasTwoEngines = true };
        TrialRecord[] earlier =
        [
            TrialRecord.Apply(null, new SweepEvent.TrialDrawn(Samples.Start, trials.SpecOf(1)))!,
            new(trials.SpecOf(2), TrialState.Completed, 1, new NodeId("native"), Samples.Start, Samples.Start, null, Samples.Result(), null),
        ];
        var bench = new SweepBench(4, earlier, isStanding: true, hasTwoEngines: true);
        JoinWithBoth(bench, "both", slots: 3).Started().Select(lease => lease.Trial.Number).ShouldBe([1, 3, 4]);
    }

    private static Lease Lease(int number, string node) => Samples.Lease(number, node: node);

    private static IReadOnlyList<ClusterEffect> JoinWithBoth(SweepBench bench, string node, int slots = 1) => bench.Say(
        node, new ToCoordinator.NodeJoined(SweepBench.Node(node, slots) with { Engines = NumberedTrials.Both }, []));
}
