using FashionSweep.Search.Sampling.Gaussian;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class LossScaleTests
{
    [Fact]
    public void LossesKeepTheirOrderAndGetAUsualSize()
    {
        var scaled = LossScale.Of([3, 1, 2, 1000, 2.5]);
        scaled.Order().ShouldBe([scaled[1], scaled[2], scaled[4], scaled[0], scaled[3]]);
        scaled.Average().ShouldBe(0, 1e-12);
        scaled.Average(loss => loss * loss).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void TheWorstDoesNotDrownTheRest()
    {
        var scaled = LossScale.Of([0.1, 0.2, 0.3, 0.4, 1e6]);
        (scaled[3] - scaled[0]).ShouldBeGreaterThan((scaled[4] - scaled[3]) / 20);
    }

    [Fact]
    public void WithoutALossIsWorseThanTheWorst() => LossScale.Of([1, double.NaN, 2, 5])[1].ShouldBeGreaterThan(LossScale.Of([1, double.NaN, 2, 5])[3]);

    [Fact]
    public void EqualLossesAreNothing() => LossScale.Of([2, 2, 2]).ShouldBe([0, 0, 0]);
}
