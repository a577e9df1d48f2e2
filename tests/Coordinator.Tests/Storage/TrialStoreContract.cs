using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>What every <see cref="ITrialStore"/> holds to: of sweeps, and of one trial.</summary>
public abstract partial class TrialStoreContract : IDisposable
{
    private readonly Lazy<ITrialStore> _store;

    protected TrialStoreContract() => _store = new Lazy<ITrialStore>(Open);

    protected ITrialStore Store => _store.Value;

    public virtual void Dispose()
    {
        if (_store.IsValueCreated) Store.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract ITrialStore Open();

    [Fact]
    public void SweepsComeBackAsTheyWereAddedOldestFirst()
    {
        var first = Sweep("zebra") with
        {
            Source = "name: zebra # größer\r\n\tx",
            Objective = new Objective(Metric.TrainLoss, Goal.Minimize),
            Further = new Objectives([new Objective(Metric.ParameterCount, Goal.Minimize), new Objective(Metric.Seconds, Goal.Minimize)]),
            Repeats = new Repeats(3, Aggregate.Worst),
            Rules = ReadingRules.Earlier,
            Retain = 3,
        };
        Store.Add(first);
        Store.Add(Sweep("ant"));
        Store.Sweeps().ShouldBe([first, Sweep("ant")]);
    }

    [Fact]
    public void ASweepsNameIsTakenOnce()
    {
        Store.Add(Sweep());
        Should.Throw<StoreException>(() => Store.Add(Sweep() with { Total = 99 }));
        Store.Sweeps().ShouldBe([Sweep()]);
    }

    [Fact]
    public void WhatIsNotedOnATrialStandsUntilSomethingElseIs()
    {
        Store.Add(Sweep());
        Store.Add(Sweep("other"));
        Store.Append([Started(Lease(1)), Started(Lease(2))]);
        Store.Marks("quick").ShouldBeEmpty();
        Store.Mark(Lease(2).Trial, new TrialMark(true, "größer\n<b>", ["good", "wide"]));
        Store.Mark(Lease(1).Trial, new TrialMark(false, "", ["narrow"]));
        Store.Marks("quick").OrderBy(noted => noted.Key).Select(noted => (noted.Key, noted.Value)).ShouldBe(
            [(1, new TrialMark(false, "", ["narrow"])), (2, new TrialMark(true, "größer\n<b>", ["good", "wide"]))]);
        Store.Mark(Lease(1).Trial, TrialMark.None);
        Store.Mark(Lease(2).Trial, new TrialMark(false, "wider", []));
        Store.Marks("quick").ShouldHaveSingleItem().Value.ShouldBe(new TrialMark(false, "wider", []));
        Store.Marks("other").ShouldBeEmpty();
        Should.Throw<StoreException>(() => Store.Mark(Lease(3).Trial, TrialMark.None));
    }

    [Fact]
    public void ASweepSaysHowItEndedUntilItGoesOn()
    {
        Store.Add(Sweep());
        Store.Append([new SweepEvent.SweepEnded(At(1), "quick", SweepEnd.NoNodes)]);
        Store.Sweeps()[0].End.ShouldBe(SweepEnd.NoNodes);
        Store.Append([new SweepEvent.SweepStarted(At(2), "quick", 4, 0)]);
        Store.Sweeps()[0].End.ShouldBeNull();
    }

    [Fact]
    public void AnEndHasItsReason()
    {
        Store.Add(Sweep());
        Store.Append([new SweepEvent.SweepEnded(At(1), "quick", SweepEnd.TargetReached, "quick/3 has reached the target")]);
        (Store.Sweeps()[0].End, Store.Sweeps()[0].Reason).ShouldBe((SweepEnd.TargetReached, "quick/3 has reached the target"));
        Store.Append([new SweepEvent.SweepStarted(At(2), "quick", 4, 0)]);
        Store.Sweeps()[0].Reason.ShouldBeNull();
    }

    [Fact]
    public void AnEndSaysWhenItWasAndWhetherItIsStillToBeTold()
    {
        Store.Add(Sweep());
        Store.Append([new SweepEvent.SweepEnded(At(1), "quick", SweepEnd.Complete)]);
        (Store.Sweeps()[0].EndedAt, Store.Sweeps()[0].NotifiedOf).ShouldBe((At(1), (DateTimeOffset?)null));
        Store.Append([new SweepEvent.SweepNotified(At(2), "quick", At(1))]);
        Store.Sweeps()[0].NotifiedOf.ShouldBe(At(1));
        // What an earlier end is told of late says nothing of the later one.
        Store.Append([new SweepEvent.SweepEnded(At(3), "quick", SweepEnd.Complete), new SweepEvent.SweepNotified(At(4), "quick", At(3))]);
        Store.Append([new SweepEvent.SweepNotified(At(5), "quick", At(1))]);
        (Store.Sweeps()[0].EndedAt, Store.Sweeps()[0].NotifiedOf).ShouldBe((At(3), At(3)));
    }

    [Fact]
    public void AChangeStaysOnTheSweepsRecord()
    {
        Store.Add(Sweep());
        Store.Append(
        [
            new SweepEvent.SweepChanged(At(1), "quick", new SweepChange.Paused(), 4),
            new SweepEvent.SweepChanged(At(2), "quick", new SweepChange.FewerTrials(), 3),
        ]);
        Store.Changes("quick").ShouldBe([new ChangeRecord(At(1), new SweepChange.Paused()), new ChangeRecord(At(2), new SweepChange.FewerTrials())]);
        Store.Sweeps()[0].Total.ShouldBe(3);
        Store.Changes("other").ShouldBeEmpty();
    }

    [Fact]
    public void AFailedTrialThatIsReopenedOpensItsSweepAndRunsUnderANewLease()
    {
        Store.Add(Sweep());
        Store.Append(
        [
            Started(Lease(1)), new SweepEvent.TrialFinished(At(2), Lease(1), TrialState.Failed, null, "out of memory"),
            new SweepEvent.SweepEnded(At(3), "quick", SweepEnd.Complete),
        ]);
        var reopened = new SweepEvent.SweepChanged(At(4), "quick", new SweepChange.FailedReopened([Lease(1).Trial]), 4);
        Store.Append([reopened]);
        (Store.Sweeps()[0].End, Store.Find(Lease(1).Trial)!.State).ShouldBe((SweepEnd.Stopped, TrialState.Pending));
        Should.Throw<StoreException>(() => Store.Append([reopened]));
        Store.Append([Started(Lease(1, 2)), Completed(Lease(1, 2))]);
        Store.Find(Lease(1).Trial)!.State.ShouldBe(TrialState.Completed);
    }

    [Fact]
    public void WhatIsHeldAgainstATrialIsKnownUntilItEndsOrIsForgiven()
    {
        Store.Add(Sweep());
        Store.Append(
        [
            Started(Lease(2)), FailedOnce(Lease(2), 1), Started(Lease(2, 2), second: 2), Lost(Lease(2, 2), 3, isHeld: false), Started(Lease(1)),
            Lost(Lease(1), 4), Started(Lease(2, 3)),
        ]);
        AttemptRecord[] held =
        [
            new(Lease(1), Start, At(4), "lost", "its connection closed") { IsHeld = true }, new(Lease(2), Start, At(1), "failed", "an error") { IsHeld = true },
        ];
        Store.Held("quick").ShouldBe(held);
        Store.Held("other").ShouldBeEmpty();
        Store.Append([Failed(Lease(2, 3))]);
        Store.Held("quick").ShouldBe(held.Take(1));
        Store.Append([new SweepEvent.SweepChanged(At(6), "quick", new SweepChange.FailedReopened([Lease(2).Trial]), 4)]);
        Store.Held("quick").ShouldBe(held.Take(1));
    }

    [Fact]
    public void APrunedTrialHasAReasonAndNoResult()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), new SweepEvent.TrialFinished(At(2), Lease(1), TrialState.Pruned, null, "not among the best third")]);
        Store.Find(Lease(1).Trial)!.ShouldSatisfyAllConditions(
            trial => trial.State.ShouldBe(TrialState.Pruned), trial => trial.Reason.ShouldBe("not among the best third"), trial => trial.Result.ShouldBeNull());
    }

    [Fact]
    public void ADiscardedCheckpointIsKeptAsLongAsAnotherResultHasIt()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Completed(Lease(1)), Started(Lease(2)), Completed(Lease(2))]);
        Store.Append([new SweepEvent.CheckpointDiscarded(At(5), Lease(1).Trial, Result().Checkpoint)]);
        Store.Find(Lease(1).Trial)!.CheckpointKept.ShouldBeFalse();
        Store.Keeps(Result().Checkpoint).ShouldBeTrue();
        Store.Append([new SweepEvent.CheckpointDiscarded(At(6), Lease(2).Trial, Result().Checkpoint)]);
        Store.Keeps(Result().Checkpoint).ShouldBeFalse();
        Should.Throw<StoreException>(() => Store.Append([new SweepEvent.CheckpointDiscarded(At(7), Lease(2).Trial, Result().Checkpoint)]));
    }

    [Fact]
    public void ATrialsWholeStoryComesBack()
    {
        var (spec, result) = (Spec(3, ("optimizer", "sgd"), ("learning_rate", 0.1)), Result());
        Store.Add(Sweep());
        Store.Append([Started(Lease(3), spec, 1), Ended(Lease(3), Epoch(1), 2), Ended(Lease(3), Epoch(2), 3), Completed(Lease(3), result, 4)]);

        Store.Find(spec.Id).ShouldBe(new TrialRecord(spec, TrialState.Completed, 1, Node, At(1), At(4), Epoch(2), result, null));
        Store.Trials("quick").ShouldBe([Store.Find(spec.Id)!.WithoutReport()]);
        Store.Attempts(spec.Id).ShouldBe([new AttemptRecord(Lease(3), At(1), At(4), "completed", null)]);
        Store.Epochs(spec.Id, 1).ShouldBe([Epoch(1), Epoch(2)]);
    }

    [Fact]
    public void WhatIsUnknownIsEmptyOrNull()
    {
        Store.Sweeps().ShouldBeEmpty();
        Store.Trials("quick").ShouldBeEmpty();
        Store.Find(new TrialId("quick", 1)).ShouldBeNull();
        Store.Attempts(new TrialId("quick", 1)).ShouldBeEmpty();
        Store.Epochs(new TrialId("quick", 1), 1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.1 + 0.2)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(1.0 / 3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NumbersComeBackToTheBit(double loss)
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Ended(Lease(1), Epoch(1, loss: loss)), Completed(Lease(1), Result(loss: loss))]);
        var trial = Store.Find(new TrialId("quick", 1))!;
        BitConverter.DoubleToInt64Bits(trial.Epoch!.Validation.Loss).ShouldBe(BitConverter.DoubleToInt64Bits(loss));
        BitConverter.DoubleToInt64Bits(trial.Result!.Validation.Loss).ShouldBe(BitConverter.DoubleToInt64Bits(loss));
    }

    [Fact]
    public void EpochsOfALostAttemptStayItsHistory()
    {
        var trial = new TrialId("quick", 1);
        Store.Add(Sweep());
        Store.Append([Started(Lease(1), second: 1), Ended(Lease(1), Epoch(1, accuracy: 0.7)), Lost(Lease(1), 2)]);
        Store.Find(trial)!.State.ShouldBe(TrialState.Pending);

        Store.Append([Started(Lease(1, 2), second: 3)]);
        Store.Find(trial).ShouldBe(new TrialRecord(Spec(1), TrialState.Running, 2, Node, At(3), null, null, null, null));
        Store.Epochs(trial, 1).ShouldBe([Epoch(1, accuracy: 0.7)]);
        Store.Epochs(trial, 2).ShouldBeEmpty();
        Store.Attempts(trial)[0].ShouldBe(new AttemptRecord(Lease(1), At(1), At(2), "lost", "its connection closed") { IsHeld = true });
    }

    [Fact]
    public void AnAttemptLeftOpenByADeadCoordinatorIsLostWhenTheNextOneStarts()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1), second: 1)]);
        Store.Append([Started(Lease(1, 2), second: 9)]);
        Store.Attempts(new TrialId("quick", 1)).Select(attempt => (attempt.End, attempt.EndedAt)).ShouldBe([("lost", At(9)), (null, null)]);
    }

    [Fact]
    public void ATrialMayFailAfterItsLastAttemptWasLost()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Lost(Lease(1), 1), Failed(Lease(1), "lost 3 nodes", 2)]);
        var trial = Store.Find(new TrialId("quick", 1))!;
        (trial.State, trial.Reason).ShouldBe((TrialState.Failed, "lost 3 nodes"));
        Store.Attempts(trial.Spec.Id)[0].End.ShouldBe("lost");
    }

    [Fact]
    public void ATrialThatWasDrawnIsPendingUntilItStarts()
    {
        Store.Add(Sweep());
        var drawn = new SweepEvent.TrialDrawn(At(1), Spec(2, ("engine", "torchsharp")));
        Store.Append([drawn, Started(Lease(3))]);
        var trial = Store.Trials("quick")[0];
        trial.ShouldBe(new TrialRecord(drawn.Spec, TrialState.Pending, 0, TrialRecord.Nowhere, At(1), null, null, null, null));
        Store.Attempts(trial.Spec.Id).ShouldBeEmpty();
        Should.Throw<StoreException>(() => Store.Append([drawn]));
        Store.Trials("quick")[0].ShouldBe(trial);
        Store.Append([Started(Lease(2), drawn.Spec, second: 2), Completed(Lease(2))]);
        Store.Trials("quick").Select(stored => (stored.Spec.Id.Number, stored.State)).ShouldBe([(2, TrialState.Completed), (3, TrialState.Running)]);
    }
}
