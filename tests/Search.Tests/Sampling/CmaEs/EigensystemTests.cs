using FashionSweep.Search.Sampling.CmaEs;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

public sealed class EigensystemTests
{
    [Fact]
    public void TwoAxesTurnedHalfARightAngle()
    {
        var eigen = new Eigensystem(new double[,] { { 2, 1 }, { 1, 2 } });
        eigen.Values.Order().ShouldBe([1, 3], tolerance: 1e-14);
        var long3 = eigen.Values[0] > 2 ? 0 : 1;
        eigen.Vectors[0, long3].ShouldBe(eigen.Vectors[1, long3], tolerance: 1e-14);
        Math.Abs(eigen.Vectors[0, long3]).ShouldBe(Math.Sqrt(0.5), tolerance: 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void ItsPartsMakeTheMatrixAgain(int size)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var matrix = Symmetric(size, seed);
            var eigen = new Eigensystem(matrix);
            for (var row = 0; row < size; row++)
                for (var column = 0; column < size; column++)
                {
                    Sum(size, k => eigen.Vectors[row, k] * eigen.Values[k] * eigen.Vectors[column, k]).ShouldBe(matrix[row, column], 1e-12);
                    Sum(size, k => eigen.Vectors[k, row] * eigen.Vectors[k, column]).ShouldBe(row == column ? 1 : 0, 1e-13);
                }
        }
    }

    [Fact]
    public void SizesTwentyOrdersApartAreKept()
    {
        var eigen = new Eigensystem(new double[,] { { 1e10, 1, 0 }, { 1, 1, 0 }, { 0, 0, 1e-10 } });
        eigen.Values.Order().ShouldBe([1e-10, 1 - 1e-10, 1e10], tolerance: 1e-5);
        eigen.Values.Min().ShouldBe(1e-10, tolerance: 1e-20);
    }

    [Fact]
    public void EqualValuesAndZerosAreNoTrouble()
    {
        new Eigensystem(new double[3, 3]).Values.ShouldBe([0, 0, 0]);
        new Eigensystem(new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }).Values.Order().ShouldBe([0, 0, 3], tolerance: 1e-14);
    }

    private static double[,] Symmetric(int size, long seed)
    {
        var random = SplitMix64.At(SplitMix64.Key(seed, "matrix"), 0);
        var matrix = new double[size, size];
        for (var row = 0; row < size; row++)
            for (var column = 0; column <= row; column++) matrix[row, column] = matrix[column, row] = (2 * random.NextUnit()) - 1;
        return matrix;
    }

    private static double Sum(int size, Func<int, double> term) => Enumerable.Range(0, size).Sum(term);
}
