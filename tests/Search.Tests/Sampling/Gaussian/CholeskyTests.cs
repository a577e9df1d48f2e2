using FashionSweep.Search.Sampling.Gaussian;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class CholeskyTests
{
    private const int Size = 37;

    [Fact]
    public void ItSolvesWhatTheMatrixSays()
    {
        var (matrix, vector) = (Matrix(), Vector());
        var solved = Cholesky.Of([.. matrix], Size)!.Solve(vector);
        for (var row = 0; row < Size; row++)
            Enumerable.Range(0, Size).Sum(column => matrix[row * Size + column] * solved[column]).ShouldBe(vector[row], 1e-9);
    }

    [Fact]
    public void ItsInverseTimesTheMatrixIsTheIdentity()
    {
        var matrix = Matrix();
        var cholesky = Cholesky.Of([.. matrix], Size)!;
        double Inverse(int row, int column) => cholesky.Inverse(Math.Max(row, column), Math.Min(row, column));
        for (var row = 0; row < Size; row++)
            for (var column = 0; column < Size; column++)
                Enumerable.Range(0, Size).Sum(between => Inverse(row, between) * matrix[between * Size + column]).ShouldBe(row == column ? 1 : 0, 1e-9);
    }

    [Fact]
    public void ItsDeterminantIsTheProductOfAKnownOne() => Cholesky.Of([4, 0, 2, 5], 2)!.LogDeterminant.ShouldBe(Math.Log(16), 1e-12);

    [Fact]
    public void AMatrixThatIsNotPositiveDefiniteHasNone() => Cholesky.Of([1, 2, 2, 1], 2).ShouldBeNull();

    private static double[] Vector() => [.. Enumerable.Range(0, Size).Select(row => Math.Sin(row))];

    // The correlations of points on a line, and a little noise.
    private static double[] Matrix() =>
    [
        .. Enumerable.Range(0, Size * Size).Select(cell => Math.Exp(-Math.Abs(cell / Size - cell % Size) / 5.0) + (cell / Size == cell % Size ? 0.01 : 0)),
    ];
}
