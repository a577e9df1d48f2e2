namespace FashionSweep.Search.Sampling.CmaEs;

/// <summary>
/// The normal distribution of one generation over the unit cube of the numeric parameters: Hansen, "The CMA evolution strategy: a tutorial", 2016.
/// </summary>
/// <remarks>
/// <para>What lies outside of the cube is moved to its faces, and counts in the update where it came to lie: the best values are often at an end of the range,
/// which mirroring would only near.</para>
/// <para>A coordinate keeps a least deviation, so that one of few whole numbers goes on moving when the others are narrow: the idea of Hamano, Saito, Nomura
/// and Shirakawa, "CMA-ES with margin", GECCO 2022, by a factor on the coordinate alone.</para>
/// <para>Trials may come from an earlier generation: far steps are cut, as in Hansen, "Injecting external solutions into CMA-ES", 2011.</para>
/// </remarks>
internal sealed class SearchDistribution
{
    private readonly Strategy _strategy;
    private readonly IReadOnlyList<double> _least;
    private readonly State _state;
    private readonly double[] _scale;

    private SearchDistribution(Strategy strategy, IReadOnlyList<double> least, State state)
    {
        (_strategy, _least, _state) = (strategy, least, state);
        _scale = [.. least.Select((deviation, axis) => Math.Max(state.Step, deviation / state.Covariance.Deviation(axis)))];
    }

    /// <summary>How many trials make a generation.</summary>
    public int Population => _strategy.Population;

    /// <summary>The largest standard deviation of a coordinate, before it is held to its least.</summary>
    public double Deviation => _state.Step * Enumerable.Range(0, _scale.Length).Max(_state.Covariance.Deviation);

    /// <summary>The first generation.</summary>
    /// <param name="least">The least standard deviation of each coordinate.</param>
    public static SearchDistribution Around(double[] mean, double step, IReadOnlyList<double> least, int population)
    {
        var zero = new double[mean.Length];
        return new(new Strategy(mean.Length, population), least, new State(0, mean, step, Covariance.Unit(mean.Length), zero, zero));
    }

    /// <returns>In [0, 1), a share per coordinate.</returns>
    /// <param name="normal">Independent standard normal numbers.</param>
    public double[] At(IReadOnlyList<double> normal) =>
        [.. _state.Covariance.Colored(normal).Select((offset, axis) => Math.Clamp(_state.Mean[axis] + (_scale[axis] * offset), 0, Math.BitDecrement(1.0)))];

    /// <summary>The next generation.</summary>
    /// <param name="ranked">Where each trial of this one lies, from the best to the worst.</param>
    public SearchDistribution After(IReadOnlyList<double[]> ranked)
    {
        var offsets = ranked.Select(Offset).ToList();
        var shift = Shift(offsets);
        var stepPath = Moved(_state.StepPath, _strategy.StepRate, _state.Covariance.Whitened(shift));
        // While the step grows fast, the path of the covariance would only say so again.
        var settled = Length(stepPath) / Math.Sqrt(1 - Math.Pow(1 - _strategy.StepRate, 2 * (_state.Generation + 1)))
            < (1.4 + (2.0 / (shift.Length + 1))) * _strategy.ExpectedLength;
        var path = Moved(_state.Path, _strategy.PathRate, settled ? shift : new double[shift.Length]);
        var growth = _strategy.StepRate / _strategy.StepDamping * ((Length(stepPath) / _strategy.ExpectedLength) - 1);
        return new(_strategy, _least, new State(
            _state.Generation + 1, [.. _state.Mean.Select((mean, axis) => mean + (_scale[axis] * shift[axis]))], _state.Step * Math.Exp(growth),
            Learned(offsets, path, settled), stepPath, path));
    }

    // In steps from the mean.
    private double[] Offset(double[] place)
    {
        var offset = place.Select((share, axis) => (share - _state.Mean[axis]) / _scale[axis]).ToArray();
        double size = offset.Length;
        var cut = Math.Min(1, (Math.Sqrt(size) + (2 * size / (size + 2))) / Length(_state.Covariance.Whitened(offset)));
        return [.. offset.Select(component => component * cut)];
    }

    private double[] Shift(List<double[]> offsets)
    {
        var shift = new double[_scale.Length];
        foreach (var (weight, offset) in _strategy.Weights.Zip(offsets).Where(pair => pair.First > 0))
            for (var axis = 0; axis < shift.Length; axis++) shift[axis] += weight * offset[axis];
        return shift;
    }

    private double[] Moved(double[] path, double rate, double[] shift)
    {
        var share = Math.Sqrt(rate * (2 - rate) * _strategy.Mass);
        return [.. path.Zip(shift, (before, now) => ((1 - rate) * before) + (share * now))];
    }

    private Covariance Learned(List<double[]> offsets, double[] path, bool settled)
    {
        var (one, many) = (_strategy.RankOneRate, _strategy.RankManyRate);
        var lost = settled ? 0 : one * _strategy.PathRate * (2 - _strategy.PathRate);
        // A bad trial counts the same however far out it lies, so that the matrix stays positive definite.
        var terms = _strategy.Weights.Zip(offsets, (weight, offset) => (
            Weight: many * (weight > 0 ? weight : weight * path.Length / Math.Max(Square(_state.Covariance.Whitened(offset)), 1e-12)), Vector: offset));
        return _state.Covariance.Updated(1 + lost - one - (many * _strategy.Weights.Sum()), [(one, path), .. terms]);
    }

    private static double Length(double[] vector) => Math.Sqrt(Square(vector));

    private static double Square(double[] vector) => vector.Sum(component => component * component);

    /// <param name="StepPath">pσ in the tutorial.</param>
    /// <param name="Path">pc in the tutorial.</param>
    private sealed record State(int Generation, double[] Mean, double Step, Covariance Covariance, double[] StepPath, double[] Path);
}
