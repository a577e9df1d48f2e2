using FashionSweep.Search.Sampling.CmaEs;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

public sealed class StrategyTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 6)]
    [InlineData(10, 10)]
    [InlineData(20, 12)]
    public void GenerationsGrowWithTheLogarithmOfTheDimensions(int dimensions, int population) => Strategy.PopulationOf(dimensions).ShouldBe(population);

    // Worked out by hand from table 1 for n = 10.
    [Fact]
    public void TheConstantsAreThoseOfTheTutorial()
    {
        var strategy = new Strategy(10, 10);
        strategy.Weights[0].ShouldBe(0.4563, 1e-4);
        strategy.Weights.Take(5).Sum().ShouldBe(1, 1e-12);
        strategy.Weights.Skip(5).ShouldAllBe(weight => weight < 0);
        strategy.Mass.ShouldBe(3.1673, 1e-4);
        strategy.StepRate.ShouldBe(0.2844, 1e-4);
        strategy.StepDamping.ShouldBe(1.2844, 1e-4);
        strategy.PathRate.ShouldBe(0.2950, 1e-4);
        strategy.RankOneRate.ShouldBe(0.0153, 1e-4);
        strategy.RankManyRate.ShouldBe(0.0236, 1e-4);
        strategy.ExpectedLength.ShouldBe(3.0847, 1e-4);
    }

    [Fact]
    public void TheCovarianceNeverLosesMoreThanItHas()
    {
        for (var dimensions = 1; dimensions <= 40; dimensions++)
            for (var population = Strategy.PopulationOf(dimensions); population < 500; population *= 2)
            {
                var strategy = new Strategy(dimensions, population);
                var negative = -strategy.Weights.Where(weight => weight < 0).Sum();
                (1 - strategy.RankOneRate - strategy.RankManyRate - (dimensions * strategy.RankManyRate * negative)).ShouldBeGreaterThanOrEqualTo(-1e-12);
            }
    }
}
