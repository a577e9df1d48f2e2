using FashionSweep.Search.Fronts;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Sampling.Several;

/// <summary>
/// Several losses as one, which is least somewhere on the front: the augmented Chebyshev norm with weights drawn anew for each proposal (Knowles, "ParEGO: a
/// hybrid algorithm with on-line landscape approximation for expensive multiobjective optimization problems", IEEE Transactions on Evolutionary Computation 10,
/// 2006).
/// </summary>
/// <remarks>Departures: weights are uniform and no grid of them; a loss is measured by the range that it has on the front, and not among all trials.</remarks>
internal sealed class Chebyshev
{
    // How much what is not the worst of them counts.
    private const double Rest = 0.05;

    private readonly double[] _weights;
    private readonly double[] _best;
    private readonly double[] _ranges;

    /// <param name="points">What is known so far; at least one.</param>
    public Chebyshev(IReadOnlyList<double[]> points, SplitMix64 random)
    {
        List<double[]> front = [.. ParetoFront.Of(points).Select(place => points[place])];
        double[] lengths = [.. points[0].Select(_ => -Math.Log(1 - random.NextUnit()))];
        _weights = [.. lengths.Select(length => length / lengths.Sum())];
        _best = [.. points[0].Select((_, loss) => front.Min(point => point[loss]))];
        _ranges = [.. points[0].Select((_, loss) => RangeOf(front, loss) is > 0 and var range ? range : RangeOf(points, loss))];
    }

    /// <param name="losses">As many as are known, the first at least.</param>
    public double Of(IReadOnlyList<double> losses)
    {
        var (worst, sum) = (double.NegativeInfinity, 0.0);
        for (var loss = 0; loss < losses.Count; loss++)
        {
            var weighted = _weights[loss] * (losses[loss] - _best[loss]) / (_ranges[loss] > 0 ? _ranges[loss] : 1);
            (worst, sum) = (Math.Max(worst, weighted), sum + weighted);
        }
        return worst + Rest * sum;
    }

    private static double RangeOf(IReadOnlyList<double[]> points, int loss) => points.Max(point => point[loss]) - points.Min(point => point[loss]);
}
