using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Tests.Actors;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Telemetry;

// Who exports metrics listens to all meters of their name, those of other tests in this process too.
[Collection("telemetry")]
public sealed class CoordinatorMeterTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CoordinatorMeter _meter;
    private readonly MeterReading _reading;

    public CoordinatorMeterTests()
    {
        _meter = new CoordinatorMeter(_time);
        _reading = new MeterReading(_meter);
    }

    public void Dispose()
    {
        _reading.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void AFinishedTrialIsCountedByItsSweepAndState()
    {
        Tell(Begin(), Started(Lease(1)), Ended(Lease(1), Epoch(1)), Completed(Lease(1)), Started(Lease(2)), Failed(Lease(2)));

        var seen = _reading.Observe();

        seen["fsweep.trials.started{sweep=quick}"].ShouldBe(2);
        seen["fsweep.attempts.started{sweep=quick}"].ShouldBe(2);
        seen["fsweep.trials.finished{sweep=quick,state=completed}"].ShouldBe(1);
        seen["fsweep.trials.finished{sweep=quick,state=failed}"].ShouldBe(1);
        seen["fsweep.trials.finished{sweep=quick,state=pruned}"].ShouldBe(0);
        seen["fsweep.epochs{sweep=quick}"].ShouldBe(1);
        seen["fsweep.epochs.time{sweep=quick}"].ShouldBe(1.25);
        seen["fsweep.sweep.planned{sweep=quick}"].ShouldBe(4);
        seen["fsweep.sweep.done{sweep=quick}"].ShouldBe(2);
        seen["fsweep.trials.running{sweep=quick}"].ShouldBe(0);
    }

    [Fact]
    public void AnAttemptThatEndsWithoutAResultIsCountedByItsEnd()
    {
        Tell(Begin(), Started(Lease(1)), Lost(Lease(1)), Started(Lease(1, attempt: 2)));

        var seen = _reading.Observe();

        seen["fsweep.attempts.returned{sweep=quick,end=lost}"].ShouldBe(1);
        seen["fsweep.attempts.returned{sweep=quick,end=failed}"].ShouldBe(0);
        seen["fsweep.attempts.started{sweep=quick}"].ShouldBe(2);
        seen["fsweep.trials.started{sweep=quick}"].ShouldBe(1);
        seen["fsweep.trials.running{sweep=quick}"].ShouldBe(1);
    }

    [Fact]
    public void SlotsAreTakenByWhatRuns()
    {
        Tell(Connected("node-1", 2), Connected("node-2", 3), Started(Lease(1)), Started(Lease(2)));

        var seen = _reading.Observe();

        seen["fsweep.nodes"].ShouldBe(2);
        seen["fsweep.slots{state=taken}"].ShouldBe(2);
        seen["fsweep.slots{state=free}"].ShouldBe(3);
    }

    [Fact]
    public void ALostNodeTakesItsSlotsWithIt()
    {
        Tell(Connected("node-1", 2), Connected("node-2", 3), new SweepEvent.NodeLost(At(1), Node, "silent"));

        var seen = _reading.Observe();

        seen["fsweep.nodes"].ShouldBe(1);
        seen["fsweep.nodes.connected"].ShouldBe(2);
        seen["fsweep.nodes.lost"].ShouldBe(1);
        seen["fsweep.slots{state=free}"].ShouldBe(3);
    }

    [Fact]
    public void ANodeThatLeavesIsNotLost()
    {
        Tell(Connected("node-1", 2), Connected("node-2", 3), new SweepEvent.NodeLeft(At(1), Node));

        var seen = _reading.Observe();

        seen["fsweep.nodes"].ShouldBe(1);
        seen["fsweep.nodes.lost"].ShouldBe(0);
        seen["fsweep.slots{state=free}"].ShouldBe(3);
    }

    [Fact]
    public void ANodeThatConnectsAgainIsOneNode()
    {
        Tell(Connected("node-1", 2), Connected("node-1", 4));

        _reading.Observe()["fsweep.nodes"].ShouldBe(1);
        _reading.Observe()["fsweep.slots{state=free}"].ShouldBe(4);
    }

    [Fact]
    public void TheBestValueIsThatOfTheBestTrialNotOfTheLast()
    {
        Tell(
            Begin(), Started(Lease(1)), Completed(Lease(1), Result(0.9)), Started(Lease(2)), Completed(Lease(2), Result(0.7)),
            Started(Lease(3)), Completed(Lease(3), Result(double.NaN)));

        _reading.Observe()["fsweep.sweep.best{sweep=quick,metric=validation_accuracy}"].ShouldBe(0.9);
    }

    [Fact]
    public void ATrialsTimeRunsFromItsFirstStartThroughItsRetries()
    {
        Tell(Started(Lease(1), second: 10), Lost(Lease(1), second: 20), Started(Lease(1, attempt: 2), second: 23), Completed(Lease(1, attempt: 2), second: 40));

        _reading.Recorded("fsweep.trial.duration{state=completed}").ShouldBe([30]);
        _reading.Recorded("fsweep.requeue.duration").ShouldBe([3]);
    }

    [Fact]
    public void EpochsAndWritesAreMeasured()
    {
        Tell(Started(Lease(1)), Ended(Lease(1), Epoch(1)));
        _meter.Appended(12, TimeSpan.FromMilliseconds(3));

        _reading.Recorded("fsweep.epoch.duration").ShouldBe([1.25]);
        _reading.Recorded("fsweep.store.append.duration").ShouldBe([0.003]);
        _reading.Recorded("fsweep.store.append.events").ShouldBe([12]);
    }

    [Fact]
    public void AnEndedSweepIsSeenForAWhileAndThenGone()
    {
        Tell(Begin(), Started(Lease(1)), new SweepEvent.SweepEnded(At(0), "quick", SweepEnd.Stopped));
        _time.Advance(ClusterFigures.Remembered - TimeSpan.FromSeconds(1));
        _reading.Observe()["fsweep.trials.running{sweep=quick}"].ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(1));

        _reading.Observe().Keys.ShouldNotContain(series => series.Contains("quick", StringComparison.Ordinal));
        _reading.Observe()["fsweep.slots{state=taken}"].ShouldBe(0);
    }

    [Fact]
    public void ASweepThatGoesOnIsNotForgotten()
    {
        Tell(Begin(), new SweepEvent.SweepEnded(At(0), "quick", SweepEnd.Stopped), Begin());
        _time.Advance(TimeSpan.FromDays(1));

        _reading.Observe()["fsweep.sweep.planned{sweep=quick}"].ShouldBe(4);
    }

    [Fact]
    public void AResumedSweepKeepsWhatTheStoreKnows()
    {
        _meter.Resume(
            Sweep(),
            SweepTally.Of(
                Objective.Default, [Record(1, TrialState.Completed, Result(0.9)), Record(2, TrialState.Failed), Record(4, TrialState.Pending)]),
            [Record(3, TrialState.Running)]);
        var before = _reading.Observe().ToDictionary();
        Tell(Completed(Lease(3), Result(0.8), second: 7));

        before["fsweep.sweep.done{sweep=quick}"].ShouldBe(2);
        before["fsweep.trials.running{sweep=quick}"].ShouldBe(1);
        before["fsweep.trials.finished{sweep=quick,state=completed}"].ShouldBe(0);
        _reading.Observe()["fsweep.sweep.best{sweep=quick,metric=validation_accuracy}"].ShouldBe(0.9);
        _reading.Recorded("fsweep.trial.duration{state=completed}").ShouldBe([7]);
    }

    [Fact]
    public void ReopenedTrialsAreNoLongerDone()
    {
        Tell(
            Begin(), Started(Lease(1)), Failed(Lease(1)),
            new SweepEvent.SweepChanged(At(1), "quick", new SweepChange.FailedReopened([new TrialId("quick", 1)]), 6));

        _reading.Observe()["fsweep.sweep.done{sweep=quick}"].ShouldBe(0);
        _reading.Observe()["fsweep.sweep.planned{sweep=quick}"].ShouldBe(6);
    }

    [Fact]
    public void WhatTheCoordinatorAloneKnowsIsAskedOfIt()
    {
        _meter.Observe(new TelemetryProbes(() => TimeSpan.FromMilliseconds(250), () => 7, () => 2));

        var seen = _reading.Observe();

        seen["fsweep.mailbox.age"].ShouldBe(0.25);
        seen["fsweep.messages.dropped"].ShouldBe(7);
        seen["fsweep.messages.refused"].ShouldBe(2);
    }

    [Fact]
    public void AHundredThousandTrialsMakeNoMoreSeriesThanOne()
    {
        Tell(Begin(), Started(Lease(1)), Completed(Lease(1)));
        var one = _reading.Observe().Count;

        for (var number = 2; number <= 100_000; number++) Tell(Started(Lease(number), Spec), Completed(Lease(number)));

        _reading.Observe().Count.ShouldBe(one);
        _reading.Observe()["fsweep.trials.finished{sweep=quick,state=completed}"].ShouldBe(100_000);
    }

    private static readonly TrialSpec Spec = Storage.Samples.Spec(1);

    private static SweepEvent.SweepStarted Begin() => new SweepEvent.SweepStarted(At(0), "quick", 4, 0);

    private static SweepEvent.NodeConnected Connected(string node, int slots) =>
        new SweepEvent.NodeConnected(At(0), new NodeDescription(new NodeId(node), slots, "managed", "a processor", 1));

    private static TrialRecord Record(int number, TrialState state, TrialResult? result = null) =>
        new(Storage.Samples.Spec(number), state, 1, Node, At(0), null, null, result, null);

    private void Tell(params ReadOnlySpan<SweepEvent> events)
    {
        foreach (var happened in events) _meter.On(happened);
    }
}
