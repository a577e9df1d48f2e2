namespace FashionSweep.Search.Sampling.Gaussian;

/// <param name="slope">Is filled with the derivative by each coordinate.</param>
internal delegate double SlopedFunction(ReadOnlySpan<double> place, Span<double> slope);

/// <summary>
/// Looks for a low value of a smooth function in a box: L-BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989) on the
/// coordinates that no side of the box holds, its steps cut at the sides.
/// </summary>
internal sealed class BoxDescent(SlopedFunction function, double low, double high)
{
    private const int Memory = 6;
    private const int MostHalvings = 12;
    private const double Enough = 1e-4;

    private readonly List<(double[] Step, double[] Turn, double Product)> _pairs = [];

    /// <param name="start">In the box.</param>
    /// <param name="reach">How far the first step goes.</param>
    public (double[] Place, double Value) From(ReadOnlySpan<double> start, double reach, int mostSteps)
    {
        _pairs.Clear();
        var (place, slope) = (start.ToArray(), new double[start.Length]);
        var value = function(place, slope);
        for (var step = 0; step < mostSteps && double.IsFinite(value); step++)
        {
            var direction = Direction(place, slope);
            var size = _pairs.Count == 0 ? Math.Min(1, reach / Math.Max(direction.Max(by => Math.Abs(by)), 1e-300)) : 1;
            if (Search(place, value, slope, direction, size) is not var (next, lower, turned))
            {
                if (_pairs.Count == 0) break;
                _pairs.Clear();
                continue;
            }
            Remember(place, next, slope, turned);
            var gained = value - lower;
            (place, value, slope) = (next, lower, turned);
            if (gained < 1e-8 * (1 + Math.Abs(value))) break;
        }
        return (place, value);
    }

    private (double[] Place, double Value, double[] Slope)? Search(double[] place, double value, double[] slope, double[] direction, double size)
    {
        for (var halving = 0; halving < MostHalvings; halving++, size /= 2)
        {
            double[] next = [.. place.Select((at, axis) => Math.Clamp(at + size * direction[axis], low, high))];
            var promised = slope.Select((by, axis) => by * (next[axis] - place[axis])).Sum();
            if (promised >= 0) return null;
            var turned = new double[slope.Length];
            var there = function(next, turned);
            if (there <= value + Enough * promised) return (next, there, turned);
        }
        return null;
    }

    // The two loops of L-BFGS over the free coordinates.
    private double[] Direction(double[] place, double[] slope)
    {
        bool[] free = [.. place.Select((at, axis) => !(at <= low && slope[axis] > 0 || at >= high && slope[axis] < 0))];
        double[] direction = [.. slope.Select((by, axis) => free[axis] ? -by : 0)];
        var shares = new double[_pairs.Count];
        for (var index = _pairs.Count - 1; index >= 0; index--)
        {
            shares[index] = Lanes.Dot(_pairs[index].Step, direction) / _pairs[index].Product;
            Lanes.Add(-shares[index], _pairs[index].Turn, direction);
        }
        if (_pairs.Count > 0)
        {
            var (_, turn, product) = _pairs[^1];
            var scale = product / Lanes.Dot(turn, turn);
            for (var axis = 0; axis < direction.Length; axis++) direction[axis] *= scale;
        }
        for (var index = 0; index < _pairs.Count; index++)
            Lanes.Add(shares[index] - Lanes.Dot(_pairs[index].Turn, direction) / _pairs[index].Product, _pairs[index].Step, direction);
        for (var axis = 0; axis < direction.Length; axis++)
            if (!free[axis]) direction[axis] = 0;
        return direction;
    }

    private void Remember(double[] place, double[] next, double[] slope, double[] turned)
    {
        double[] step = [.. next.Select((at, axis) => at - place[axis])];
        double[] turn = [.. turned.Select((by, axis) => by - slope[axis])];
        var product = Lanes.Dot(step, turn);
        if (product <= 1e-10 * Math.Sqrt(Lanes.Dot(step, step) * Lanes.Dot(turn, turn))) return;
        if (_pairs.Count == Memory) _pairs.RemoveAt(0);
        _pairs.Add((step, turn, product));
    }
}
