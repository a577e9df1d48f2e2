namespace FashionSweep.Search.Sampling.CmaEs;

/// <summary>A covariance matrix with its root, which turns standard normal numbers into ones of this covariance.</summary>
internal sealed class Covariance
{
    private readonly double[,] _matrix;
    private readonly double[,] _axes;
    private readonly double[] _lengths;

    private Covariance(double[,] matrix)
    {
        var eigen = new Eigensystem(matrix);
        // Rounding may carry the smallest values below zero.
        var smallest = 1e-14 * eigen.Values.Max();
        (_matrix, _axes, _lengths) = (matrix, eigen.Vectors, [.. eigen.Values.Select(value => Math.Sqrt(Math.Max(value, smallest)))]);
    }

    public int Dimensions => _lengths.Length;

    /// <summary>The covariance of as many independent numbers of variance one.</summary>
    public static Covariance Unit(int dimensions)
    {
        var matrix = new double[dimensions, dimensions];
        for (var axis = 0; axis < dimensions; axis++) matrix[axis, axis] = 1;
        return new(matrix);
    }

    /// <summary>The standard deviation of a coordinate.</summary>
    public double Deviation(int axis) => Math.Sqrt(_matrix[axis, axis]);

    /// <summary>A vector of this covariance, for one of independent standard normal numbers.</summary>
    public double[] Colored(IReadOnlyList<double> white)
    {
        var colored = new double[Dimensions];
        for (var k = 0; k < Dimensions; k++)
            for (var row = 0; row < Dimensions; row++) colored[row] += _axes[row, k] * _lengths[k] * white[k];
        return colored;
    }

    /// <summary>The vector times the inverse of the matrix's symmetric root: its length is the Mahalanobis one.</summary>
    public double[] Whitened(IReadOnlyList<double> colored)
    {
        var white = new double[Dimensions];
        for (var k = 0; k < Dimensions; k++)
        {
            var along = 0.0;
            for (var row = 0; row < Dimensions; row++) along += _axes[row, k] * colored[row];
            for (var row = 0; row < Dimensions; row++) white[row] += _axes[row, k] * along / _lengths[k];
        }
        return white;
    }

    /// <summary>The matrix times <paramref name="keep"/>, plus the weighted sum of each vector times its transpose.</summary>
    public Covariance Updated(double keep, IReadOnlyList<(double Weight, double[] Vector)> terms)
    {
        var updated = new double[Dimensions, Dimensions];
        for (var row = 0; row < Dimensions; row++)
            for (var column = 0; column <= row; column++)
                updated[row, column] = updated[column, row] =
                    (keep * _matrix[row, column]) + terms.Sum(term => term.Weight * term.Vector[row] * term.Vector[column]);
        return new(updated);
    }
}
