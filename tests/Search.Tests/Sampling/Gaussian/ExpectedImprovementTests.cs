using FashionSweep.Search.Sampling.Gaussian;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class ExpectedImprovementTests
{
    // Worked out with 60 digits.
    [Theory]
    [InlineData(3, 1.0987396653277078)]
    [InlineData(0, -0.91893853320467274)]
    [InlineData(-1, -2.4851210257126413)]
    [InlineData(-1.5, -3.5299359208057099)]
    [InlineData(-5, -16.74430116266099)]
    [InlineData(-40, -808.29856835661996)]
    [InlineData(-1e6, -500000000028.54996)]
    public void ItIsExactFarOutInTheTailToo(double gain, double right) =>
        ExpectedImprovement.Log(gain, out _).ShouldBe(right, Math.Abs(right) * 1e-9);

    [Theory]
    [InlineData(2)]
    [InlineData(-1.4999)]
    [InlineData(-1.5001)]
    [InlineData(-12)]
    [InlineData(-3000)]
    public void ItsSlopeIsThatOfItsValues(double gain)
    {
        var step = 1e-5 * Math.Max(1, Math.Abs(gain));
        var right = (ExpectedImprovement.Log(gain + step, out _) - ExpectedImprovement.Log(gain - step, out _)) / (2 * step);
        ExpectedImprovement.Log(gain, out var slope);
        slope.ShouldBe(right, Math.Abs(right) * 1e-6);
    }
}
