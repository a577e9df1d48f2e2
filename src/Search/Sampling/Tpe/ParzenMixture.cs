namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>A density over the whole space: a product of kernels around each of some trials, and the distribution of the space as one more.</summary>
/// <remarks>
/// Falkner, Klein and Hutter, "BOHB: robust and efficient hyperparameter optimization at scale", ICML 2018, section 4.1, have such products in TPE.
/// </remarks>
internal sealed class ParzenMixture
{
    private const double WeightOfSpace = 1;

    private readonly IParzenFactor[] _factors;
    private readonly double[] _ends;
    private readonly double[] _logWeights;
    private readonly double[] _logarithms;

    /// <param name="trials">The places of each on all axes.</param>
    /// <param name="weights">Of each trial.</param>
    public ParzenMixture(IReadOnlyList<ParzenAxis> axes, IReadOnlyList<double[]> trials, IEnumerable<double> weights)
    {
        double[] all = [.. weights, WeightOfSpace];
        var sum = 0.0;
        _ends = [.. all.Select(weight => sum += weight)];
        _logWeights = [.. all.Select(weight => Math.Log(weight))];
        _logarithms = new double[all.Length];
        _factors = [.. axes.Select((axis, index) => axis.Around([.. trials.Select(trial => trial[index]), double.NaN], axes.Count))];
    }

    /// <summary>The component below which this part of the weights lies.</summary>
    /// <param name="part">In [0, 1).</param>
    public int Pick(double part) => Math.Max(0, Array.FindIndex(_ends, end => part * _ends[^1] < end));

    /// <inheritdoc cref="IParzenFactor.Draw"/>
    public double Draw(int component, int axis, double part) => _factors[axis].Draw(component, part);

    /// <summary>The logarithm of the density, up to a constant.</summary>
    /// <param name="places">On all axes; NaN where a trial has none, so that those that have one are all that counts.</param>
    public double LogDensity(double[] places)
    {
        _logWeights.CopyTo(_logarithms, 0);
        for (var axis = 0; axis < places.Length; axis++)
            if (!double.IsNaN(places[axis])) _factors[axis].Weigh(places[axis], _logarithms);
        var greatest = _logarithms.Max();
        return greatest + Math.Log(_logarithms.Sum(logarithm => Math.Exp(logarithm - greatest)));
    }
}
