using FashionSweep.Search.Pruning;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class ThresholdPrunerTests
{
    [Fact]
    public void TheBoundIsTheLeastOfAMaximizedMetric()
    {
        var pruner = Pruners.For(new PrunerSpec.Threshold(0.5), Race.Maximized);
        pruner.Judge(new EpochOfTrial(1, 1, 9, -0.5)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(1, 2, 9, -0.4)).ShouldBe("epoch 2: 0.4000, must be at least 0.5000");
    }

    [Fact]
    public void TheBoundIsTheMostOfAMinimizedMetric()
    {
        var pruner = Pruners.For(new PrunerSpec.Threshold(2.5), Race.Minimized);
        pruner.Judge(new EpochOfTrial(1, 1, 9, 2.5)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(1, 2, 9, 3e7)).ShouldBe("epoch 2: 3.0000e7, must be at most 2.5000");
    }

    [Fact]
    public void NothingIsStoppedInTheWarmup()
    {
        var pruner = Pruners.For(new PrunerSpec.Threshold(0.5, WarmupEpochs: 1), Race.Maximized);
        pruner.Judge(new EpochOfTrial(1, 1, 9, -0.1)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(1, 2, 9, double.NaN)).ShouldBe("epoch 2: no number, must be at least 0.5000");
    }
}
