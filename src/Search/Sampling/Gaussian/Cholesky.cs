namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>A positive definite matrix as the product of a lower triangle and its transpose, with the triangle's inverse.</summary>
internal sealed class Cholesky
{
    private readonly int _size;
    private readonly double[] _lower;

    // Row k holds column k of the inverse, so that all sums go along rows.
    private readonly double[] _inverse;

    private Cholesky(int size, double[] lower)
    {
        (_size, _lower, _inverse) = (size, lower, new double[size * size]);
        for (var column = 0; column < size; column++) Invert(column);
    }

    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var row = 0; row < _size; row++) sum += Math.Log(_lower[row * _size + row]);
            return 2 * sum;
        }
    }

    /// <param name="matrix">Of which the lower triangle is read, by rows, and overwritten.</param>
    /// <returns>Null where the matrix is not positive definite.</returns>
    public static Cholesky? Of(double[] matrix, int size)
    {
        for (var row = 0; row < size; row++)
        {
            var here = matrix.AsSpan(row * size, row + 1);
            for (var column = 0; column <= row; column++)
            {
                var above = matrix.AsSpan(column * size, column + 1);
                var rest = here[column] - Lanes.Dot(here[..column], above);
                if (column < row) here[column] = rest / above[column];
                else if (rest > 0) here[column] = Math.Sqrt(rest);
                else return null;
            }
        }
        return new Cholesky(size, matrix);
    }

    /// <summary>The triangle's inverse times a vector: its squares add up to the vector's product with the inverse of the matrix.</summary>
    public void Whiten(ReadOnlySpan<double> vector, Span<double> whitened)
    {
        whitened.Clear();
        for (var column = 0; column < _size; column++) Lanes.Add(vector[column], _inverse.AsSpan(column * _size + column, _size - column), whitened[column..]);
    }

    /// <summary>The transpose of the triangle's inverse times a vector; of a whitened one it gives the inverse of the matrix times the first.</summary>
    public void Color(ReadOnlySpan<double> whitened, Span<double> result)
    {
        for (var column = 0; column < _size; column++)
            result[column] = Lanes.Dot(_inverse.AsSpan(column * _size + column, _size - column), whitened[column..]);
    }

    /// <summary>The inverse of the matrix times a vector.</summary>
    public double[] Solve(ReadOnlySpan<double> vector)
    {
        var (whitened, solved) = (new double[_size], new double[_size]);
        Whiten(vector, whitened);
        Color(whitened, solved);
        return solved;
    }

    /// <summary>An element of the inverse of the matrix.</summary>
    /// <param name="column">No higher than the row.</param>
    public double Inverse(int row, int column) =>
        Lanes.Dot(_inverse.AsSpan(row * _size + row, _size - row), _inverse.AsSpan(column * _size + row, _size - row));

    private void Invert(int column)
    {
        var inverse = _inverse.AsSpan(column * _size, _size);
        inverse[column] = 1 / _lower[column * _size + column];
        for (var row = column + 1; row < _size; row++)
            inverse[row] = -Lanes.Dot(_lower.AsSpan(row * _size + column, row - column), inverse[column..]) / _lower[row * _size + row];
    }
}
