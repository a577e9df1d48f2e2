using FashionSweep.Search.Pruning;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class MedianPrunerTests
{
    [Fact]
    public void ATrialIsComparedByItsBestWithTheMedianOfMeans() => Prop.ForAll(Race.Any, race =>
    {
        // The mean of each trial up to each epoch; a stopped one keeps its last.
        var (means, shownSoFar) = (new Dictionary<(int Trial, int Epoch), double>(), new Dictionary<int, List<double>>());
        foreach (var (shown, reason) in race.Run(new PrunerSpec.Median(1, 3), Race.Minimized))
        {
            if (!shownSoFar.TryGetValue(shown.Trial, out var losses)) shownSoFar[shown.Trial] = losses = [];
            losses.Add(shown.RankedLoss);
            var others = means.Where(mean => mean.Key.Epoch == shown.Epoch).Select(mean => mean.Value).Order().ToList();
            var isWorse = others.Count >= 3 && losses.Min() > others[others.Count / 2];
            (reason is not null).ShouldBe(isWorse && shown is { Epoch: > 1, IsLast: false });
            for (var epoch = shown.Epoch; epoch <= (reason is null ? shown.Epoch : shown.Epochs); epoch++)
                means[(shown.Trial, epoch)] = losses.Sum() / losses.Count;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void APrunedTrialTakesNoMemoryForTheEpochsThatItWillNotHave()
    {
        const int Epochs = 100_000;
        var pruner = Pruners.For(new PrunerSpec.Median(WarmupEpochs: 0), Race.Minimized);
        for (var trial = 1; trial <= 200; trial++) pruner.Judge(new EpochOfTrial(trial, 1, Epochs, 0.1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var trial = 201; trial <= 300; trial++) pruner.Judge(new EpochOfTrial(trial, 1, Epochs, 0.9)).ShouldNotBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void TheReasonSaysWhatItIsComparedWith()
    {
        var pruner = Pruners.For(new PrunerSpec.Median(WarmupEpochs: 0), Race.Maximized);
        for (var trial = 1; trial <= 5; trial++) pruner.Judge(new EpochOfTrial(trial, 1, 9, -0.8)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(6, 1, 9, -0.7)).ShouldBe("epoch 1: 0.7000 at best is worse than the median of 5 other trials (0.8000)");
    }

    [Fact]
    public void AStoppedTrialThatGoesOnIsNotCountedTwice()
    {
        var pruner = Pruners.For(new PrunerSpec.Median(0, 1), Race.Minimized);
        pruner.Judge(new EpochOfTrial(1, 1, 9, 0.1));
        pruner.Judge(new EpochOfTrial(2, 1, 9, 0.9)).ShouldNotBeNull();
        pruner.Judge(new EpochOfTrial(2, 2, 9, 0.9));
        pruner.Judge(new EpochOfTrial(1, 2, 9, 0.95)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(3, 2, 9, 0.99)).ShouldBe("epoch 2: 0.9900 at best is worse than the median of 2 other trials (0.9000)");
    }
}
