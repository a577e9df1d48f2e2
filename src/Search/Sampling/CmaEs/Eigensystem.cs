namespace FashionSweep.Search.Sampling.CmaEs;

/// <summary>
/// A symmetric matrix as its eigenvalues and eigenvectors, found by cyclic Jacobi rotations (Golub and Van Loan, "Matrix computations", section 8.5): slow for
/// hundreds of rows, exact and short for some dozen.
/// </summary>
internal sealed class Eigensystem
{
    // Convergence is quadratic: ten sweeps are beyond what any matrix needs.
    private const int MostSweeps = 30;

    private readonly double[,] _left;

    /// <param name="matrix">Symmetric.</param>
    public Eigensystem(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        (_left, Vectors) = ((double[,])matrix.Clone(), new double[size, size]);
        for (var axis = 0; axis < size; axis++) Vectors[axis, axis] = 1;
        for (var sweep = 0; sweep < MostSweeps && !IsDiagonal(size); sweep++)
            for (var p = 0; p < size - 1; p++)
                for (var q = p + 1; q < size; q++) Rotate(p, q, size);
        Values = [.. Enumerable.Range(0, size).Select(axis => _left[axis, axis])];
    }

    /// <summary>In no order.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>[row, k]: column k belongs to the k-th value; the columns are orthonormal.</summary>
    public double[,] Vectors { get; }

    private bool IsDiagonal(int size)
    {
        var (outside, all) = (0.0, 0.0);
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
            {
                var square = _left[row, column] * _left[row, column];
                all += square;
                if (row != column) outside += square;
            }
        return outside <= 1e-30 * all;
    }

    // Turns the plane of two axes so that their entry outside of the diagonal becomes zero.
    private void Rotate(int p, int q, int size)
    {
        if (_left[p, q] == 0) return;
        var slope = (_left[q, q] - _left[p, p]) / (2 * _left[p, q]);
        var tangent = (slope < 0 ? -1 : 1) / (Math.Abs(slope) + Math.Sqrt((slope * slope) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var row = 0; row < size; row++)
        {
            (_left[row, p], _left[row, q]) = Turned(_left[row, p], _left[row, q]);
            (Vectors[row, p], Vectors[row, q]) = Turned(Vectors[row, p], Vectors[row, q]);
        }
        for (var column = 0; column < size; column++) (_left[p, column], _left[q, column]) = Turned(_left[p, column], _left[q, column]);

        (double, double) Turned(double atP, double atQ) => ((cosine * atP) - (sine * atQ), (sine * atP) + (cosine * atQ));
    }
}
