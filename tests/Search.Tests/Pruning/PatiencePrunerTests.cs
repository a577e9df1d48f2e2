using FashionSweep.Search.Pruning;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class PatiencePrunerTests
{
    [Fact]
    public void EpochsInARowWithoutImprovementEndATrial()
    {
        Stops([0.5, 0.6, 0.55, 0.58, 0.59], patience: 2).ShouldBe("epoch 5: no improvement in 3 epochs (0.5900 after 0.6000 in epoch 2)");
        Stops([0.5, 0.6, 0.6], patience: 0).ShouldBe("epoch 3: no improvement in 1 epoch (0.6000 after 0.6000 in epoch 2)");
        Stops([0.5, 0.6, 0.55, 0.58, 0.61, 0.6], patience: 2).ShouldBeNull();
    }

    [Fact]
    public void AnImprovementMustBeLargerThanMinDelta()
    {
        Stops([0.5, 0.505, 0.51], patience: 1, minDelta: 0.01).ShouldNotBeNull();
        Stops([0.5, 0.505, 0.5125], patience: 1, minDelta: 0.01).ShouldBeNull();
    }

    [Fact]
    public void NoNumberIsNoImprovement()
    {
        Stops([double.NaN, double.NaN], patience: 0).ShouldBe("epoch 2: no improvement in 1 epoch (no number after no number in epoch 1)");
        Stops([double.NaN, 0.1], patience: 0).ShouldBeNull();
    }

    [Fact]
    public void TrialsDoNotWaitForEachOther()
    {
        var pruner = Pruners.For(new PrunerSpec.Patience(1), Race.Minimized);
        pruner.Judge(new EpochOfTrial(1, 1, 9, 0.1)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(2, 1, 9, 0.9)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(2, 2, 9, 0.8)).ShouldBeNull();
    }

    private static string? Stops(double[] accuracies, int patience, double minDelta = 0)
    {
        var pruner = Pruners.For(new PrunerSpec.Patience(patience, minDelta), Race.Maximized);
        return accuracies.Select((accuracy, index) => pruner.Judge(new EpochOfTrial(1, index + 1, 9, -accuracy))).FirstOrDefault(reason => reason is not null);
    }
}
