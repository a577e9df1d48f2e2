using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <content>What is known of many trials of a sweep.</content>
public abstract partial class TrialStoreContract
{
    [Fact]
    public void ASweepsEpochsComeInTheOrderInWhichTheyWereStored()
    {
        Store.Add(Sweep());
        Store.Append(
        [
            Started(Lease(2), second: 1), Ended(Lease(2), Epoch(1) with { Seconds = 10 }), Started(Lease(1), second: 2),
            Ended(Lease(1), Epoch(1) with { Seconds = 1 }),
        ]);
        Store.Append([Ended(Lease(1), Epoch(2) with { Seconds = 20 })]);
        Store.Epochs("quick").Select(epoch => (epoch.Trial.Number, epoch.Report.Epoch)).ShouldBe([(2, 1), (1, 1), (1, 2)]);
    }

    [Fact]
    public void SomeEpochsOfASweepComeInTheSameOrderAsAll()
    {
        ASweepInAllStates();
        var all = Store.Epochs("quick");
        Store.Epochs("quick", [], []).ShouldBeEmpty();
        Store.Epochs("quick", [2], []).ShouldBe(all.Where(epoch => epoch.Trial.Number == 2));
        Store.Epochs("quick", [], [2]).ShouldBe(all.Where(epoch => epoch.Report.Epoch == 2));
        Store.Epochs("quick", [2], [1, 7]).ShouldBe(all.Where(epoch => epoch.Trial.Number == 2 || epoch.Report.Epoch == 1));
    }

    [Fact]
    public void TrialsComeByWhatTheyAre()
    {
        ASweepInAllStates();
        Numbers(TrialsThat.None).ShouldBeEmpty();
        Numbers(TrialsThat.AreUnfinished).ShouldBe([2, 5]);
        Numbers(TrialsThat.HaveFailed).ShouldBe([4]);
        Numbers(TrialsThat.KeepACheckpoint).ShouldBe([3, 7]);
        Numbers(TrialsThat.AreUnfinished | TrialsThat.HaveFailed | TrialsThat.KeepACheckpoint).ShouldBe([2, 3, 4, 5, 7]);
        Store.Trials("quick", TrialsThat.HaveFailed).Single().ShouldBe(Store.Find(Lease(4).Trial));

        IEnumerable<int> Numbers(TrialsThat which) => Store.Trials("quick", which).Select(trial => trial.Spec.Id.Number);
    }

    [Fact]
    public void FiguresSayOfEachTrialWhatItsRecordSays()
    {
        ASweepInAllStates();
        Store.FiguresOf("quick").ShouldBe(Figures.Of(Store.Trials("quick")));
        Store.FiguresOf("quick").Select(trial => trial.State).ShouldBe(Store.Trials("quick").Select(trial => trial.State));
        Store.FiguresOf("other").ShouldBeEmpty();
    }

    [Fact]
    public void OutlinesSayOfEachTrialWhatItsRecordSays()
    {
        ASweepInAllStates();
        Store.Outlines("quick").ShouldBe(Store.Trials("quick").Select(trial => TrialOutline.Of(trial.Spec, trial.State)));
        Store.Outlines("quick")[1].Epochs.ShouldBe(7);
        Store.Outlines("other").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Metric.ValidationAccuracy, Goal.Maximize, 3)]
    [InlineData(Metric.ValidationLoss, Goal.Minimize, 1)]
    [InlineData(Metric.TrainLoss, Goal.Maximize, 7)]
    public void ATallyKnowsTheBestByTheLeaderboardsOrder(Metric metric, Goal goal, int best)
    {
        ASweepInAllStates(new Objective(metric, goal));
        Store.Add(Sweep("other"));
        Store.Tally(Store.Sweeps()[0]).ShouldBe(new SweepTally(6, 1, 0, 1, Store.Find(Lease(best).Trial)!.WithoutReport()));
        Store.Tally(Store.Sweeps()[1]).ShouldBe(new SweepTally(0, 0, 0, 0, null));
    }

    /// <summary>A store may keep of a trial in what it is others than the first one.</summary>
    [Fact]
    public void TrialsOfOtherParametersThanTheFirstComeBackWithTheirOwn()
    {
        var first = Spec(2, ("optimizer", "sgd"), ("learning_rate", 0.1), ("dropout", 0.0));
        var fewer = new TrialSpec(Lease(1).Trial, new ParameterSet(first.Parameters.Where(parameter => parameter.Key is not "dropout")), Objective.Default);
        var others = Spec(3, ("optimizer", "adam"), ("learning_rate", 1L), ("only_here", true));
        Store.Add(Sweep());
        Store.Append([Started(Lease(2), first), Started(Lease(1), fewer)]);
        Store.Append([Started(Lease(3), others), Completed(Lease(3)), Completed(Lease(1)), Failed(Lease(2))]);
        Store.Trials("quick").Select(trial => trial.Spec).ShouldBe([fewer, first, others]);
        Store.Outlines("quick").Select(trial => trial.Fingerprint)
            .ShouldBe(new[] { fewer, first, others }.Select(spec => Fingerprint.Of(spec.Parameters)));
    }

    [Fact]
    public void TrialsComeByNumber()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(10)), Started(Lease(2)), Started(Lease(1))]);
        Store.Trials("quick").Select(trial => trial.Spec.Id.Number).ShouldBe([1, 2, 10]);
        Store.Trials("quick", after: 1, most: 1).ShouldHaveSingleItem().Spec.Id.Number.ShouldBe(2);
        Store.Trials("quick", after: 10).ShouldBeEmpty();
    }

    // 1, 3, 7 and 8 are completed: 1 and 8 without their checkpoints, 3 and 7 with the same accuracy, 8 without a loss.
    private void ASweepInAllStates(Objective? objective = null)
    {
        Store.Add(Sweep(total: 9) with { Objective = objective ?? Objective.Default });
        Store.Append([.. Enumerable.Range(1, 8).Select(number => Started(Lease(number), number == 2 ? Spec(2, ("epochs", 7L)) : null, second: 9 - number))]);
        Store.Append([.. from number in new[] { 1, 2, 6 } from epoch in new[] { 1, 2 } select Ended(Lease(number), Epoch(epoch))]);
        Store.Append([Completed(Lease(1), Result(0.7, loss: 0.1)), Completed(Lease(3), Result(0.9, loss: 0.3)), Failed(Lease(4)), Lost(Lease(5))]);
        Store.Append([new SweepEvent.TrialFinished(At(9), Lease(6), TrialState.Pruned, null, "not among the best third")]);
        Store.Append([Completed(Lease(7), Result(0.9, loss: 0.4)), Completed(Lease(8), Result(0.1, double.NaN))]);
        Store.Append(
        [
            new SweepEvent.CheckpointDiscarded(At(9), Lease(1).Trial, Result().Checkpoint),
            new SweepEvent.CheckpointDiscarded(At(9), Lease(8).Trial, Result().Checkpoint),
        ]);
    }
}
