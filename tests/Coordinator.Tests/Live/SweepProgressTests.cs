using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Live;

public sealed class SweepProgressTests
{
    [Fact]
    public void TrialsTakeTheFreeSlotsOfTheirNodeAndLeaveThem()
    {
        var progress = Fold(
            Begun(4), Connected("a", 2), Connected("b", 1), Start(1, "b"), Start(2, "a"), Start(3, "a"), Completed(Lease(2, node: "a")), Start(4, "a"));
        progress.Slots.Select(slot => (slot.Node.Name, slot.Number, slot.Running?.Lease.Trial.Number)).ShouldBe([("a", 1, 4), ("a", 2, 3), ("b", 1, 1)]);
        progress.Finished.ShouldBe(1);
    }

    [Fact]
    public void EpochsMoveATrialOn()
    {
        var progress = Fold(Begun(4), Connected("a", 1), Start(1, "a", epochs: 4), Ended(Lease(1, node: "a"), Epoch(3)));
        progress.Slots[0].Running!.Latest.ShouldBe(Epoch(3));
        progress.Done.ShouldBe(0.75);
    }

    [Fact]
    public void ALostNodeTakesItsSlotsAndTheWorkInThem()
    {
        var progress = Fold(
            Begun(4), Connected("a", 1), Start(1, "a", epochs: 2), Ended(Lease(1, node: "a"), Epoch(1)),
            new SweepEvent.NodeLost(At(5), new NodeId("a"), "gone"), Lost(Lease(1, node: "a")));
        progress.Slots.ShouldBeEmpty();
        (progress.Done, progress.State.Work.Returned(AttemptEnd.Lost)).ShouldBe((0, 1));
    }

    [Fact]
    public void WhatWentWrongIsCounted()
    {
        var progress = Fold(
            Begun(4), Start(1, "a"), new SweepEvent.AttemptEnded(At(1), Lease(1, node: "a"), AttemptEnd.Failed, "oops", IsHeld: true), Start(1, "a", 2),
            Failed(Lease(1, 2, "a")),
            Start(2, "a"), new SweepEvent.TrialFinished(At(2), Lease(2, node: "a"), TrialState.Diverged, null, "NaN"));
        (progress.State.Work.Returned(AttemptEnd.Failed), progress.Failed, progress.State.Tally.Diverged, progress.Finished).ShouldBe((1, 1, 1, 2));
    }

    [Fact]
    public void TheBestIsThatOfTheLeaderboardTiesIncluded()
    {
        var progress = Fold(Begun(4), Start(1, "a"), Start(2, "a"), Start(3, "a"),
            Completed(Lease(2, node: "a"), Result(0.9)), Completed(Lease(3, node: "a"), Result(0.8)), Completed(Lease(1, node: "a"), Result(0.9)));
        progress.Best!.Spec.Id.Number.ShouldBe(1);
    }

    [Fact]
    public void ASweepThatGoesOnKnowsItsBestAndItsTotal()
    {
        var earlier = new TrialRecord(Spec(1), TrialState.Completed, 1, Node, At(0), At(1), null, Result(0.95), null);
        var progress = SweepProgress.After(SweepTally.Of(Objective.Default, [earlier])).On(new SweepEvent.SweepStarted(At(0), "quick", 4, 1));
        progress.Best!.Result.ShouldBe(Result(0.95));
        (progress.Done, progress.Total).ShouldBe((1, 4));
        progress.TimeLeft(At(9)).ShouldBeNull();
    }

    [Fact]
    public void OnlyParametersThatDifferAreVaried() =>
        Fold(Begun(4), Started(Lease(1), Spec(1, ("depth", 1L))), Started(Lease(2), Spec(2, ("depth", 2L)))).Varied.ShouldBe(["depth"]);

    [Fact]
    public void TheTimeLeftFollowsFromTheWorkDone()
    {
        // Two of eight trials in 20 s: 60 s for the other six.
        var progress = Fold(
            Begun(8), Connected("a", 2), Start(1, "a"), Start(2, "a"),
            Completed(Lease(1, node: "a"), second: 20), Completed(Lease(2, node: "a"), second: 20));
        progress.TimeLeft(At(20))!.Value.TotalSeconds.ShouldBe(60, 1);
        progress.TimeLeft(At(25))!.Value.TotalSeconds.ShouldBe(55, 1);
    }

    [Fact]
    public void ASteadyRateGivesASteadyForecast()
    {
        var rate = new ProgressRate(At(0), 0);
        for (var second = 1; second <= 100; second++) rate = rate.Advance(At(second), second / 10.0, halfLife: 4);
        rate.TimeFor(5, At(100))!.Value.TotalSeconds.ShouldBe(50, 0.001);
    }

    [Fact]
    public void AChangedRateIsLearnedWithinAFewTrials()
    {
        var rate = new ProgressRate(At(0), 0);
        for (var trial = 1; trial <= 50; trial++) rate = rate.Advance(At(trial), trial, halfLife: 4);
        for (var trial = 51; trial <= 71; trial++) rate = rate.Advance(At(50 + ((trial - 50) * 10)), trial, halfLife: 4);
        rate.TimeFor(1, At(260))!.Value.TotalSeconds.ShouldBe(10, 1);
    }

    [Fact]
    public void WhileTrialsWaitForAnEngineThereIsNoForecast()
    {
        SweepEvent[] waiting =
        [
            Begun(8), Connected("a", 1), new SweepEvent.EngineAwaited(At(0), "quick", "torchsharp", 4, IsNews: true), Start(1, "a"),
            Completed(Lease(1, node: "a"), second: 10),
        ];
        Fold(waiting).TimeLeft(At(10)).ShouldBeNull();
        Fold(waiting).State.Awaited.ShouldBe([KeyValuePair.Create("torchsharp", 4)]);

        var progress = Fold([.. waiting, new SweepEvent.EngineAwaited(At(10), "quick", "torchsharp", 0, IsNews: true)]);
        progress.State.Awaited.ShouldBeEmpty();
        progress.TimeLeft(At(10))!.Value.TotalSeconds.ShouldBe(70, 1);
    }

    [Fact]
    public void APausedSweepHasNoForecastAndAPauseIsNoPartOfTheNext()
    {
        SweepEvent[] paused =
        [
            Begun(8), Connected("a", 1), Start(1, "a"), Completed(Lease(1, node: "a"), second: 10), Changed(new SweepChange.Paused(), 8, 11),
        ];
        Fold(paused).TimeLeft(At(500)).ShouldBeNull();

        var progress = Fold([.. paused, Changed(new SweepChange.Resumed(), 8, 1000), Start(2, "a"), Completed(Lease(2, node: "a"), second: 1010)]);
        progress.State.IsPaused.ShouldBeFalse();
        progress.TimeLeft(At(1010))!.Value.TotalSeconds.ShouldBe(60, 1);
    }

    [Fact]
    public void PrunedTrialsAreFinishedAndTheTotalFollowsTheChanges()
    {
        var progress = Fold(Begun(8), Connected("a", 1), Start(1, "a"), Pruned(1), Changed(new SweepChange.FewerTrials(), 6, 2));
        (progress.Finished, progress.State.Tally.Pruned, progress.Total).ShouldBe((1, 1, 6));
        progress.On(Changed(new SweepChange.Extended([], new Dictionary<string, string>(), 4), 10, 3)).Total.ShouldBe(10);
    }

    [Fact]
    public void WithoutWorkThereIsNoForecastAndItIsNeverNegative()
    {
        new ProgressRate(At(0), 0).TimeFor(5, At(100)).ShouldBeNull();
        new ProgressRate(At(0), 0).Advance(At(1), 1, 4).TimeFor(5, At(1000)).ShouldBe(TimeSpan.Zero);
    }

    private static SweepProgress Fold(params SweepEvent[] events) => events.Aggregate(SweepProgress.None, (progress, happened) => progress.On(happened));

    private static SweepEvent.SweepChanged Changed(SweepChange change, int total, int second) => new(At(second), "quick", change, total);

    private static SweepEvent.TrialFinished Pruned(int number) => new(At(2), Lease(number, node: "a"), TrialState.Pruned, null, "worse than the median");

    private static SweepEvent.SweepStarted Begun(int total) => new(At(0), "quick", total, 0);

    private static SweepEvent.NodeConnected Connected(string node, int slots) =>
        new(At(0), new NodeDescription(new NodeId(node), slots, "managed", "a processor", 1));

    private static SweepEvent Start(int number, string node, int attempt = 1, long epochs = 3) =>
        Started(Lease(number, attempt, node), Spec(number, ("epochs", epochs)));
}
