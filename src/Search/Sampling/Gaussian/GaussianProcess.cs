namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>What is known of the losses everywhere, given some: a Gaussian process (Rasmussen and Williams, 2006, chapter 2).</summary>
internal sealed class GaussianProcess
{
    private readonly Scales _scales;
    private readonly Cholesky _cholesky;
    private readonly double _mean;
    private readonly double[] _solved;

    // The trials by columns, and for each column one over its squared length.
    private readonly double[][] _columns;
    private readonly double[] _weights;

    private readonly double[] _kernel;
    private readonly double[] _slopes;
    private readonly double[] _whitened;
    private readonly double[] _shares;

    /// <param name="places">Of the trials, then of those that have no loss yet: they are taken to come to what is expected of them.</param>
    /// <param name="shares">How much of one trial's noise is in each.</param>
    public GaussianProcess(Embedding embedding, Scales scales, IReadOnlyList<double[]> places, double[] losses, double[] shares)
    {
        _scales = scales;
        _weights = [.. embedding.AxisOf.Select(axis => 1 / (scales.Lengths[axis] * scales.Lengths[axis]))];
        _columns = [.. embedding.AxisOf.Select((_, column) => places.Select(place => place[column]).ToArray())];
        (_kernel, _slopes, _whitened, _shares) = (new double[places.Count], new double[places.Count], new double[places.Count], new double[places.Count]);
        double[] known = losses;
        if (places.Count > losses.Length)
        {
            var before = new GaussianProcess(embedding, scales, [.. places.Take(losses.Length)], losses, shares[..losses.Length]);
            known = [.. losses, .. places.Skip(losses.Length).Select(before.Mean)];
        }
        _cholesky = Factor(places, shares);
        var even = _cholesky.Solve([.. known.Select(_ => 1.0)]);
        _solved = _cholesky.Solve(known);
        _mean = _solved.Sum() / even.Sum();
        Lanes.Add(-_mean, even, _solved);
        Best = places.Min(place => Mean(embedding.Here(place)));
    }

    /// <summary>The least loss expected at any of the trials, be they of this sweep or not, in this one.</summary>
    public double Best { get; }

    public double Mean(double[] place)
    {
        Correlate(place);
        return _mean + Lanes.Dot(_kernel, _solved);
    }

    /// <summary>The logarithm of how much below the best a place is expected to be.</summary>
    public double Gain(ReadOnlySpan<double> place)
    {
        var (mean, deviation) = Look(place);
        return Math.Log(deviation) + ExpectedImprovement.Log((Best - mean) / deviation, out _);
    }

    /// <inheritdoc cref="Gain(ReadOnlySpan{double})"/>
    /// <param name="slope">Is filled with its derivatives by the columns.</param>
    public double Gain(ReadOnlySpan<double> place, Span<double> slope)
    {
        var (mean, deviation) = Look(place);
        var gain = (Best - mean) / deviation;
        var logarithm = Math.Log(deviation) + ExpectedImprovement.Log(gain, out var by);
        _cholesky.Color(_whitened, _shares);
        // By the mean, and by the deviation, of which the square loses twice what the shares say.
        var (perMean, perDeviation) = (-by / deviation, (1 - gain * by) / deviation);
        for (var trial = 0; trial < _kernel.Length; trial++)
            _shares[trial] = (perMean * _solved[trial] - perDeviation * _shares[trial] / deviation) * _scales.Variance * _slopes[trial];
        var sum = _shares.Sum();
        for (var column = 0; column < slope.Length; column++)
            slope[column] = _weights[column] * (Lanes.Dot(_shares, _columns[column]) - sum * place[column]);
        return logarithm;
    }

    private (double Mean, double Deviation) Look(ReadOnlySpan<double> place)
    {
        Correlate(place);
        _cholesky.Whiten(_kernel, _whitened);
        var variance = _scales.Variance - Lanes.Dot(_whitened, _whitened);
        return (_mean + Lanes.Dot(_kernel, _solved), Math.Sqrt(Math.Max(variance, 1e-12 * _scales.Variance)));
    }

    private void Correlate(ReadOnlySpan<double> place)
    {
        Array.Clear(_kernel);
        for (var column = 0; column < place.Length; column++) Lanes.AddSquares(_weights[column], place[column], _columns[column], _kernel);
        for (var trial = 0; trial < _kernel.Length; trial++) _kernel[trial] = _scales.Variance * Matern.Of(_kernel[trial], out _slopes[trial]);
    }

    // Of trials that lie together the matrix may fail by its rounding: then a little more noise holds it up.
    private Cholesky Factor(IReadOnlyList<double[]> places, double[] shares)
    {
        for (var noise = _scales.Noise; ; noise *= 10)
        {
            var matrix = new double[places.Count * places.Count];
            for (var row = 0; row < places.Count; row++)
            {
                Correlate(places[row]);
                _kernel.AsSpan(0, row).CopyTo(matrix.AsSpan(row * places.Count));
                matrix[row * places.Count + row] = _scales.Variance + noise * shares[row];
            }
            if (Cholesky.Of(matrix, places.Count) is { } cholesky) return cholesky;
        }
    }
}
