using FashionSweep.Search.Space;

namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>Normal kernels around shares, cut off at 0 and 1, all of one width.</summary>
internal sealed class OrderedFactor : IParzenFactor
{
    private const double WidthOfDeviation = 0.7;

    private static readonly double LastShare = Math.BitDecrement(1.0);

    private readonly double[] _places;
    private readonly double _width;
    private readonly double[] _steepness;
    private readonly double[] _peaks;

    /// <param name="places">Of each component; NaN where it has none.</param>
    /// <param name="step">From a value to the next; 0 where they are continuous.</param>
    /// <param name="dimensions">How many axes the mixture has.</param>
    public OrderedFactor(double[] places, double step, int dimensions)
    {
        (_places, _width) = (places, Math.Clamp(WidthOf([.. places.Where(place => !double.IsNaN(place))], dimensions), step / 2, 1));
        _steepness = [.. places.Select(place => double.IsNaN(place) ? 0 : 0.5 / (_width * _width))];
        _peaks = [.. places.Select(place => double.IsNaN(place) ? 0 : -Math.Log(_width * Math.Sqrt(2 * Math.PI) * (Below(1, place) - Below(0, place))))];
    }

    public void Weigh(double place, Span<double> logarithms)
    {
        for (var component = 0; component < _places.Length; component++)
        {
            if (_steepness[component] == 0) continue;
            var distance = place - _places[component];
            logarithms[component] += _peaks[component] - _steepness[component] * distance * distance;
        }
    }

    public double Draw(int component, double part)
    {
        if (double.IsNaN(_places[component])) return part;
        var inside = double.Lerp(Below(0, _places[component]), Below(1, _places[component]), part);
        return Math.Clamp(_places[component] + _width * NormalCurve.Quantile(inside), 0, LastShare);
    }

    // Scott's rule, "Multivariate density estimation", 1992, with a smaller factor. Of the deviation the distribution of the space is a part, as if it were one
    // more trial: a few that lie together by chance are no certainty.
    private static double WidthOf(double[] places, int dimensions)
    {
        if (places.Length == 0) return 1;
        var count = places.Length + 1;
        var mean = (places.Sum() + 0.5) / count;
        var variance = (places.Sum(place => (place - mean) * (place - mean)) + 1 / 12.0 + (0.5 - mean) * (0.5 - mean)) / count;
        return WidthOfDeviation * Math.Sqrt(variance) * Math.Pow(places.Length, -1.0 / (dimensions + 4));
    }

    private double Below(double share, double place) => NormalCurve.Cumulative((share - place) / _width);
}
