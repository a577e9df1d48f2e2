using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class EstimateTests
{
    [Fact]
    public void TheSpreadIsTheSampleStandardDeviation()
    {
        var estimate = Estimate.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        estimate.Value.ShouldBe(5);
        estimate.Spread!.Value.ShouldBe(Math.Sqrt(32.0 / 7), 1e-12);
    }

    [Fact]
    public void ASingleFigureHasNoSpread() => Estimate.Of([0.89]).ShouldBe(new Estimate(0.89, null));

    [Fact]
    public void TheWorstIsTheLowestOfWhatIsMaximized()
    {
        Estimate.Of([0.8, 0.9, 0.7], Aggregate.Worst, isHighBetter: true).Value.ShouldBe(0.7);
        Estimate.Of([0.8, 0.9, 0.7], Aggregate.Worst).Value.ShouldBe(0.9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheMedianHasNoDirection(bool isHighBetter) => Estimate.Of([0.1, 0.4, 0.3, 0.9], Aggregate.Median, isHighBetter).Value.ShouldBe(0.35, 1e-12);

    [Theory]
    [InlineData(Aggregate.Mean)]
    [InlineData(Aggregate.Median)]
    [InlineData(Aggregate.Worst)]
    public void AFigureThatIsNoNumberSpoilsAll(Aggregate aggregate) =>
        Estimate.Of([0.1, double.NaN, 0.3], aggregate).ShouldBe(new Estimate(double.NaN, double.NaN));
}
