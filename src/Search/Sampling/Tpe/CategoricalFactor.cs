namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>Kernels over values without order: each has its own value, or, at a rate that falls with the number of trials, any.</summary>
internal sealed class CategoricalFactor : IParzenFactor
{
    // The logarithm of none would make nothing of all else that is known of a trial.
    private const double LeastProbability = 1e-9;

    private readonly double[] _places;
    private readonly double[] _probabilities;
    private readonly double[] _shares;
    private readonly double _leak;

    /// <param name="places">Of each component: the number of its value; NaN where it has none.</param>
    /// <param name="probabilities">Of each value in the space.</param>
    public CategoricalFactor(double[] places, IReadOnlyList<double> probabilities)
    {
        (_places, _probabilities) = (places, [.. probabilities.Select(probability => Math.Max(probability, LeastProbability))]);
        var below = 0.0;
        _shares = [.. probabilities.Select(probability => (below += probability) - probability / 2)];
        _leak = (double)probabilities.Count / (probabilities.Count + 1 + places.Count(place => !double.IsNaN(place)));
    }

    public void Weigh(double place, Span<double> logarithms)
    {
        var probability = _probabilities[(int)place];
        var (same, other, unknown) = (Math.Log(1 - _leak + _leak * probability), Math.Log(_leak * probability), Math.Log(probability));
        for (var component = 0; component < _places.Length; component++)
            logarithms[component] += double.IsNaN(_places[component]) ? unknown : _places[component] == place ? same : other;
    }

    public double Draw(int component, double part)
    {
        if (double.IsNaN(_places[component])) return part;
        return part < _leak ? part / _leak : _shares[(int)_places[component]];
    }
}
