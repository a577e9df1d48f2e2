using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Tests.Actors;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Telemetry;

// Who exports traces listens to all sources of their name, those of other tests in this process too.
[Collection("telemetry")]
public sealed class SweepTracesTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SweepTraces _traces;
    private readonly ActivityListener _listener;
    private readonly List<Activity> _spans = [];

    public SweepTracesTests()
    {
        _traces = new SweepTraces(_time);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, _traces.Source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _traces.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void ATrialIsATraceOfItsAttemptAndWhatItDid()
    {
        Tell(Started(Lease(1), second: 10), Ended(Lease(1), Epoch(1), second: 13), Ended(Lease(1), Epoch(2), second: 15));
        _time.Advance(TimeSpan.FromSeconds(20));
        Tell(Completed(Lease(1), second: 19));

        var (trial, attempt) = (One("trial"), One("attempt"));
        trial.ParentId.ShouldBeNull();
        attempt.ParentSpanId.ShouldBe(trial.SpanId);
        _spans.ShouldAllBe(span => span.TraceId == trial.TraceId);
        _spans.Where(span => span != trial && span != attempt).ShouldAllBe(span => span.ParentSpanId == attempt.SpanId);
        _spans.Select(span => (span.OperationName, Begins(span), Lasts(span))).ShouldBe(
        [
            ("dispatch", 10, 1.75), ("epoch", 11.75, 1.25), ("epoch", 13.75, 1.25), ("checkpoint", 15, 4), ("save", 19, 1),
            ("attempt", 10, 10), ("trial", 10, 10),
        ]);
    }

    [Fact]
    public void TheRootSaysWhatBecameOfTheTrial()
    {
        Tell(Started(Lease(7, attempt: 3)), Completed(Lease(7, attempt: 3), Result(0.875)));

        Tags(One("trial")).ShouldBe(new Dictionary<string, object?>
        {
            ["fsweep.sweep"] = "quick",
            ["fsweep.trial"] = "quick/7",
            ["fsweep.state"] = "completed",
            ["fsweep.node"] = "node-1",
            ["fsweep.attempt"] = 3,
            ["fsweep.objective.metric"] = "validation_accuracy",
            ["fsweep.objective.value"] = 0.875,
        }, ignoreOrder: true);
    }

    [Fact]
    public void ALostAttemptIsAnErrorOfItselfAndTheTrialGoesOn()
    {
        Tell(
            Started(Lease(1)), Lost(Lease(1), second: 5),
            Started(Lease(1, attempt: 2, node: "node-2"), second: 8), Completed(Lease(1, attempt: 2, node: "node-2"), second: 9));

        var attempts = _spans.Where(span => span.OperationName == "attempt").ToList();
        attempts.Select(span => span.Status).ShouldBe([ActivityStatusCode.Error, ActivityStatusCode.Unset]);
        attempts[0].StatusDescription.ShouldBe("its connection closed");
        attempts.Select(span => span.GetTagItem("fsweep.lease")).ShouldBe(["quick/1#1@node-1", "quick/1#2@node-2"]);
        (Begins(One("wait")), Lasts(One("wait"))).ShouldBe((5, 3));
        One("trial").Status.ShouldBe(ActivityStatusCode.Unset);
    }

    [Fact]
    public void AFailedTrialIsAnErrorWithItsReasonAndWithoutSecrets()
    {
        Tell(Started(Lease(1)), Failed(Lease(1), "no answer from https://fs:secret@host/x"));

        One("trial").Status.ShouldBe(ActivityStatusCode.Error);
        One("trial").StatusDescription.ShouldBe("no answer from https://***@host/x");
    }

    [Fact]
    public void EpochsThatAreMadeUpForInOneGoDoNotOverlap()
    {
        Tell(
            Started(Lease(1), second: 10),
            Ended(Lease(1), Epoch(1), second: 11), Ended(Lease(1), Epoch(2), second: 11), Ended(Lease(1), Epoch(3), second: 13));

        _spans.Where(span => span.OperationName == "epoch").Select(Begins).ShouldBe([10, 11, 11.75]);
    }

    [Fact]
    public void WordsOfAnotherLeaseAreNoPartOfTheTrace()
    {
        Tell(Started(Lease(1)), Lost(Lease(1)), Started(Lease(1, attempt: 2)));
        _spans.Clear();

        Tell(Ended(Lease(1), Epoch(1)), Ended(Lease(2), Epoch(1)));

        _spans.ShouldBeEmpty();
    }

    [Fact]
    public void AClockSetBackMakesNoSpanOfNegativeTime()
    {
        Tell(Started(Lease(1), second: 3600), Ended(Lease(1), Epoch(1), second: 5), Completed(Lease(1), second: 6));

        _spans.ShouldAllBe(span => span.Duration > TimeSpan.Zero);
        One("trial").GetTagItem("fsweep.state").ShouldBe("completed");
    }

    [Fact]
    public void AnEndedSweepEndsItsOpenTraces()
    {
        Tell(Started(Lease(1)), new SweepEvent.SweepEnded(At(4), "quick", SweepEnd.Stopped));

        One("trial").GetTagItem("fsweep.end").ShouldBe("stopped");
        One("attempt").GetTagItem("fsweep.end").ShouldBe("stopped");
        _traces.Kept.ShouldBe(0);
    }

    [Fact]
    public void AResumedTrialGoesOnFromItsStart()
    {
        _traces.Resume([new TrialRecord(Storage.Samples.Spec(1), TrialState.Running, 2, Node, At(3), null, null, null, null)]);

        Tell(Completed(Lease(1, attempt: 2), second: 9));

        Begins(One("trial")).ShouldBe(3);
        One("attempt").GetTagItem("fsweep.lease").ShouldBe("quick/1#2@node-1");
    }

    [Fact]
    public void AHundredThousandTrialsLeaveNothingBehind()
    {
        var spec = Storage.Samples.Spec(1);
        for (var number = 1; number <= 100_000; number++)
        {
            Tell(Started(Lease(number), spec), Completed(Lease(number)));
            _spans.Clear();
        }

        _traces.Kept.ShouldBe(0);
        Activity.Current.ShouldBeNull();
    }

    [Fact]
    public void NothingIsKeptWhileNobodyListens()
    {
        _listener.Dispose();

        Tell(Started(Lease(1)));

        _traces.Kept.ShouldBe(0);
    }

    [Fact]
    public void TheSpanAroundIsLeftAlone()
    {
        using var around = new Activity("around").Start();

        Tell(Started(Lease(1)), Completed(Lease(1)));

        Activity.Current.ShouldBe(around);
        One("trial").ParentId.ShouldBeNull();
    }

    private Activity One(string name) => _spans.Single(span => span.OperationName == name);

    private static double Begins(Activity span) => (span.StartTimeUtc - Start.UtcDateTime).TotalSeconds;

    private static double Lasts(Activity span) => span.Duration.TotalSeconds;

    private static Dictionary<string, object?> Tags(Activity span) => span.TagObjects.ToDictionary();

    private void Tell(params ReadOnlySpan<SweepEvent> events)
    {
        foreach (var happened in events) _traces.On(happened);
    }
}
