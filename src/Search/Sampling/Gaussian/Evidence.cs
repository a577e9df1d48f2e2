namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>
/// How well scales explain some losses: the logarithm of their posterior density with its derivatives (Rasmussen and Williams, 2006, equations 5.8 and 5.9).
/// </summary>
/// <remarks>The mean is the one that explains the losses best.</remarks>
internal sealed class Evidence
{
    private readonly int _size;
    private readonly int _sweeps;
    private readonly double[] _losses;
    private readonly double[] _shares;
    private readonly double[] _ones;

    // Of each axis the squared distances of all pairs of trials, each with those before it.
    private readonly double[][] _squares;

    // Of each pair, at the scales that are looked at.
    private readonly double[] _distances;
    private readonly double[] _correlations;
    private readonly double[] _slopes;

    /// <param name="places">Of the trials.</param>
    /// <param name="losses">Of mean 0 and deviation 1, or near it.</param>
    /// <param name="shares">How much of one trial's noise is in each loss.</param>
    public Evidence(Embedding embedding, IReadOnlyList<double[]> places, double[] losses, double[] shares)
    {
        (_size, _sweeps) = (losses.Length, embedding.Sweeps);
        (_losses, _shares, _ones) = (losses, shares, [.. losses.Select(_ => 1.0)]);
        var pairs = _size * (_size - 1) / 2;
        (_distances, _correlations, _slopes) = (new double[pairs], new double[pairs], new double[pairs]);
        _squares = [.. Enumerable.Range(0, embedding.Axes).Select(_ => new double[pairs])];
        for (var (row, pair) = (1, 0); row < _size; row++)
            for (var other = 0; other < row; other++, pair++)
                for (var column = 0; column < places[row].Length; column++)
                {
                    var distance = places[row][column] - places[other][column];
                    _squares[embedding.AxisOf[column]][pair] += distance * distance;
                }
    }

    /// <summary>The negative logarithm of the density, up to a constant; infinite where the numbers fail.</summary>
    /// <inheritdoc cref="Scales.Of"/>
    /// <param name="slope">Its derivatives.</param>
    public double Of(ReadOnlySpan<double> logarithms, Span<double> slope)
    {
        slope.Clear();
        var scales = Scales.Of(logarithms);
        if (Explain(scales) is not var (surprise, cholesky, solved)) return double.PositiveInfinity;
        Differentiate(scales, cholesky, solved, slope);
        return surprise + ScalePrior.Add(logarithms, _sweeps, slope);
    }

    /// <summary>The negative logarithm of the losses' likelihood alone, up to a constant for each of them; infinite where the numbers fail.</summary>
    public double Surprise(Scales scales) => Explain(scales)?.Surprise ?? double.PositiveInfinity;

    private (double Surprise, Cholesky Cholesky, double[] Solved)? Explain(Scales scales)
    {
        if (Cholesky.Of(Kernel(scales), _size) is not { } cholesky) return null;
        var (solved, even) = (cholesky.Solve(_losses), cholesky.Solve(_ones));
        var mean = solved.Sum() / even.Sum();
        Lanes.Add(-mean, even, solved);
        var fit = 0.0;
        for (var row = 0; row < _size; row++) fit += solved[row] * (_losses[row] - mean);
        return ((fit + cholesky.LogDeterminant) / 2, cholesky, solved);
    }

    private double[] Kernel(Scales scales)
    {
        var matrix = new double[_size * _size];
        Array.Clear(_distances);
        for (var axis = 0; axis < _squares.Length; axis++) Lanes.Add(1 / (scales.Lengths[axis] * scales.Lengths[axis]), _squares[axis], _distances);
        for (var (row, pair) = (0, 0); row < _size; row++)
        {
            for (var column = 0; column < row; column++, pair++)
            {
                _correlations[pair] = Matern.Of(_distances[pair], out _slopes[pair]);
                matrix[row * _size + column] = scales.Variance * _correlations[pair];
            }
            matrix[row * _size + row] = scales.Variance + scales.Noise * _shares[row];
        }
        return matrix;
    }

    private void Differentiate(Scales scales, Cholesky cholesky, double[] solved, Span<double> slope)
    {
        var (variance, noise) = (0.0, 0.0);
        for (var (row, pair) = (0, 0); row < _size; row++)
        {
            for (var column = 0; column < row; column++, pair++)
            {
                var weight = scales.Variance * (cholesky.Inverse(row, column) - solved[row] * solved[column]);
                variance += weight * _correlations[pair];
                _slopes[pair] *= weight;
            }
            var own = (cholesky.Inverse(row, row) - solved[row] * solved[row]) / 2;
            variance += own * scales.Variance;
            noise += own * _shares[row];
        }
        for (var axis = 0; axis < _squares.Length; axis++)
            slope[axis] = Lanes.Dot(_slopes, _squares[axis]) / (scales.Lengths[axis] * scales.Lengths[axis]);
        (slope[^2], slope[^1]) = (variance, noise * scales.FreeNoise);
    }
}
