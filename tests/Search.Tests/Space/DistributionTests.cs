using FashionSweep.Search.Space;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Space;

public sealed class DistributionTests
{
    // The normal ones by Python's statistics.NormalDist; the beta ones have closed forms: 1 - (1-p)^(1/3), sin²(πp/2), and I_x(5, 2) = x^5 (6 - 5x).
    [Theory]
    [MemberData(nameof(Quantiles))]
    public void QuantilesAreThoseOfAnotherSource(Distribution distribution, double share, double number)
    {
        distribution.Quantile(share).ShouldBe(number, Math.Abs(number) * 1e-10);
        distribution.Cumulative(number).ShouldBe(share, 1e-12);
    }

    public static TheoryData<Distribution, double, double> Quantiles => new()
    {
        { new Distribution.Normal(0, 1), 1e-20, -9.262340089798405 },
        { new Distribution.Normal(0, 1), 0.001, -3.090232306167813 },
        { new Distribution.Normal(0, 1), 0.25, -0.6744897501960817 },
        { new Distribution.Normal(0, 1), 0.6, 0.2533471031357998 },
        { new Distribution.Normal(0, 1), 0.999, 3.090232306167813 },
        { new Distribution.LogNormal(1, 2), 0.25, 0.7054075907007116 },
        { new Distribution.Uniform(2, 4), 0.25, 2.5 },
        { new Distribution.LogUniform(1e-4, 1), 0.25, 1e-3 },
        { new Distribution.Beta(1, 3), 0.001, 0.0003334445062139757 },
        { new Distribution.Beta(0.5, 0.5), 0.001, 2.4673990709169446e-6 },
        { new Distribution.Beta(1, 3), 0.3, 0.11209599825739935 },
        { new Distribution.Beta(0.5, 0.5), 0.3, 0.2061073738537634 },
        { new Distribution.Beta(1, 3), 0.9, 0.5358411166387221 },
        { new Distribution.Beta(0.5, 0.5), 0.9, 0.9755282581475768 },
        { new Distribution.Beta(5, 2), 0.04096000000000001, 0.4 },
        { new Distribution.Beta(5, 2), 0.8857350000000002, 0.9 },
    };

    [Fact]
    public void CumulativeUndoesQuantile() => Prop.ForAll(Any, Shares, (distribution, share) =>
        distribution.Cumulative(distribution.Quantile(share)).ShouldBe(share, 1e-9)).QuickCheckThrowOnFailure();

    [Fact]
    public void NumbersStayBetweenTheEnds() => Prop.ForAll(Any, distribution =>
    {
        foreach (var share in new[] { 0, 1e-300, 0.5, Math.BitDecrement(1.0), 1 })
            distribution.Quantile(share).ShouldBeInRange(distribution.Min, distribution.Max);
        distribution.Cumulative(double.NegativeInfinity).ShouldBe(0);
        distribution.Cumulative(double.PositiveInfinity).ShouldBe(1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatIsCutOffIsNeverDrawn()
    {
        var half = new Distribution.Truncated(new Distribution.Normal(0, 2), 0, double.PositiveInfinity);
        half.Mass.ShouldBe(0.5, 1e-15);
        half.Quantile(0).ShouldBe(0);
        half.Quantile(0.5).ShouldBe(2 * NormalCurve.Quantile(0.75), 1e-12);
        half.Cumulative(-1).ShouldBe(0);
    }

    internal static Arbitrary<double> Shares { get; } = Gen.Choose(1, 999_999).Select(millionth => millionth * 1e-6).ToArbitrary();

    internal static Arbitrary<Distribution> Any { get; } = (
        from kind in Gen.Choose(0, 5)
        from first in Gen.Choose(1, 1000)
        from second in Gen.Choose(1, 1000)
        select Make(kind, first * 0.01, second * 0.01)).ToArbitrary();

    private static Distribution Make(int kind, double first, double second) => kind switch
    {
        0 => new Distribution.Uniform(-first, second),
        1 => new Distribution.LogUniform(first, first + second),
        2 => new Distribution.Normal(first, second),
        3 => new Distribution.LogNormal(first - 5, second * 0.1),
        4 => new Distribution.Beta(first + 0.5, second + 0.5),
        _ => new Distribution.Truncated(new Distribution.Normal(first, second + 1), 0, first + second),
    };
}
