using FashionSweep.Search.Sampling.CmaEs;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

public sealed class CovarianceTests
{
    // 0.5 I + 2 a a' + 3 b b'
    private static readonly Covariance Some = Covariance.Unit(2).Updated(0.5, [(2, [1, 0.5]), (3, [0, 1])]);

    [Fact]
    public void UpdatesAddProducts()
    {
        Some.Deviation(0).ShouldBe(Math.Sqrt(2.5), 1e-14);
        Some.Deviation(1).ShouldBe(Math.Sqrt(4), 1e-14);
    }

    [Fact]
    public void ColoringUnitVectorsGivesARootOfTheMatrix()
    {
        var (first, second) = (Some.Colored([1, 0]), Some.Colored([0, 1]));
        ((first[0] * first[0]) + (second[0] * second[0])).ShouldBe(2.5, 1e-13);
        ((first[0] * first[1]) + (second[0] * second[1])).ShouldBe(1, 1e-13);
        ((first[1] * first[1]) + (second[1] * second[1])).ShouldBe(4, 1e-13);
    }

    [Fact]
    public void WhiteningUndoesTheColorsButForATurn()
    {
        var white = Some.Whitened(Some.Colored([3, -4]));
        Math.Sqrt((white[0] * white[0]) + (white[1] * white[1])).ShouldBe(5, 1e-13);
    }

    [Fact]
    public void AFlatMatrixStillWhitens() =>
        Covariance.Unit(2).Updated(0, [(1, [1, 1])]).Whitened([1, -1]).ShouldAllBe(component => double.IsFinite(component));
}
