using System.Numerics;

namespace FashionSweep.Search.Importance;

/// <summary>
/// A regression tree (Breiman, Friedman, Olshen, Stone 1984) whose leaves are boxes of bins. It asks for a parameter only where all of its points have it
/// at work: what a parameter would do where it does nothing is never guessed.
/// </summary>
internal sealed class RegressionTree
{
    private readonly IReadOnlyList<BinnedParameter> _parameters;
    private readonly int[][] _bins;
    private readonly double[] _values;
    private readonly int _leastRows;
    private readonly Node _root;

    /// <param name="rows">Of the points, as often as each counts.</param>
    public RegressionTree(IReadOnlyList<BinnedParameter> parameters, int[][] bins, double[] values, int[] rows, int leastRows)
    {
        (_parameters, _bins, _values, _leastRows) = (parameters, bins, values, leastRows);
        Gains = new double[parameters.Count];
        _root = Grow([.. parameters.Select(parameter => Box.All(parameter.Bins))], rows);
    }

    public List<Box> Leaves { get; } = [];

    /// <summary>How much of the squared error each parameter's questions take away.</summary>
    public double[] Gains { get; }

    public double Predict(int[] bins)
    {
        var node = _root;
        while (node is { Left: { } left, Right: { } right } && bins[node.Parameter] is >= 0 and var bin)
            node = (node.LeftBins >> bin & 1) == 1 ? left : right;
        return node.Mean;
    }

    private Node Grow(ulong[] sides, ReadOnlySpan<int> rows)
    {
        var mean = MeanOf(rows);
        if (BestSplit(sides, rows) is not { } split)
        {
            Leaves.Add(Box.Of(_parameters, sides, mean, IsAtWork(rows)));
            return new Node(mean);
        }
        Gains[split.Parameter] += split.Gain;
        int[] left = new int[rows.Length], right = new int[rows.Length];
        var (lefts, rights) = (0, 0);
        foreach (var row in rows)
        {
            if ((split.LeftBins >> _bins[row][split.Parameter] & 1) == 1) left[lefts++] = row;
            else right[rights++] = row;
        }
        ulong[] leftSides = [.. sides], rightSides = [.. sides];
        leftSides[split.Parameter] &= split.LeftBins;
        rightSides[split.Parameter] &= ~split.LeftBins;
        return new Node(mean, split.Parameter, split.LeftBins, Grow(leftSides, left.AsSpan(0, lefts)), Grow(rightSides, right.AsSpan(0, rights)));
    }

    private Split? BestSplit(ulong[] sides, ReadOnlySpan<int> rows)
    {
        if (rows.Length < 2 * _leastRows) return null;
        Split? best = null;
        Span<double> sums = stackalloc double[BinnedParameter.MostBins];
        Span<int> counts = stackalloc int[BinnedParameter.MostBins];
        for (var parameter = 0; parameter < _parameters.Count; parameter++)
        {
            if (BitOperations.PopCount(sides[parameter]) < 2 || !Count(parameter, rows, sums, counts)) continue;
            var split = BestSplit(parameter, sides[parameter], sums, counts, rows.Length);
            if (split is { } found && found.Gain > (best?.Gain ?? 1e-12)) best = found;
        }
        return best;
    }

    // False where the parameter does nothing in one of the rows.
    private bool Count(int parameter, ReadOnlySpan<int> rows, Span<double> sums, Span<int> counts)
    {
        sums.Clear();
        counts.Clear();
        foreach (var row in rows)
        {
            var bin = _bins[row][parameter];
            if (bin < 0) return false;
            sums[bin] += _values[row];
            counts[bin]++;
        }
        return true;
    }

    private Split? BestSplit(int parameter, ulong side, ReadOnlySpan<double> sums, ReadOnlySpan<int> counts, int rows)
    {
        Span<int> order = stackalloc int[BinnedParameter.MostBins];
        var seen = 0;
        var total = 0.0;
        for (var bin = 0; bin < _parameters[parameter].Bins; bin++)
        {
            if (counts[bin] == 0) continue;
            order[seen++] = bin;
            total += sums[bin];
        }
        order = order[..seen];
        // Of values without an order the best two groups are neighbours by their means (Breiman et al. 1984, section 4.2.2).
        if (!_parameters[parameter].IsOrdered) SortByMean(order, sums, counts);
        var (best, at, sum, count) = (0.0, -1, 0.0, 0);
        for (var last = 0; last < seen - 1; last++)
        {
            sum += sums[order[last]];
            count += counts[order[last]];
            if (count < _leastRows || rows - count < _leastRows) continue;
            var gain = (sum * sum / count) + ((total - sum) * (total - sum) / (rows - count)) - (total * total / rows);
            if (gain > best) (best, at) = (gain, last);
        }
        return at < 0 ? null : new Split(parameter, LeftOf(parameter, side, order, at, counts), best);
    }

    private static void SortByMean(Span<int> order, ReadOnlySpan<double> sums, ReadOnlySpan<int> counts)
    {
        Span<double> means = stackalloc double[order.Length];
        for (var index = 0; index < order.Length; index++) means[index] = sums[order[index]] / counts[order[index]];
        means.Sort(order);
    }

    // Bins without a point go with their nearest neighbour where there is an order, else with the larger group.
    private ulong LeftOf(int parameter, ulong side, ReadOnlySpan<int> order, int last, ReadOnlySpan<int> counts)
    {
        if (_parameters[parameter].IsOrdered) return side & Box.All((order[last] + order[last + 1] + 2) / 2);
        ulong left = 0, right = 0;
        var (lefts, rights) = (0, 0);
        for (var index = 0; index < order.Length; index++)
        {
            if (index <= last) (left, lefts) = (left | 1UL << order[index], lefts + counts[order[index]]);
            else (right, rights) = (right | 1UL << order[index], rights + counts[order[index]]);
        }
        return lefts >= rights ? side & ~right : left;
    }

    private double MeanOf(ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows) sum += _values[row];
        return sum / rows.Length;
    }

    private bool[] IsAtWork(ReadOnlySpan<int> rows)
    {
        var isAtWork = new bool[_parameters.Count];
        Array.Fill(isAtWork, true);
        foreach (var row in rows)
            for (var parameter = 0; parameter < isAtWork.Length; parameter++) isAtWork[parameter] &= _bins[row][parameter] >= 0;
        return isAtWork;
    }

    private readonly record struct Split(int Parameter, ulong LeftBins, double Gain);

    private sealed record Node(double Mean, int Parameter = -1, ulong LeftBins = 0, Node? Left = null, Node? Right = null);
}

/// <summary>A leaf: a set of bins of each parameter, and one value for all that is in it.</summary>
/// <param name="Shares">Of each parameter's bins, the share that is in it.</param>
/// <param name="IsAtWork">The parameters that do something in all of its points.</param>
internal sealed record Box(ulong[] Sides, double[] Shares, double Value, bool[] IsAtWork)
{
    /// <summary>The share of the whole space that is in it.</summary>
    public double Share { get; } = Shares.Aggregate(1.0, (product, share) => product * share);

    public static ulong All(int bins) => bins >= BinnedParameter.MostBins ? ulong.MaxValue : (1UL << bins) - 1;

    public static Box Of(IReadOnlyList<BinnedParameter> parameters, ulong[] sides, double value, bool[] isAtWork) =>
        new(sides, [.. parameters.Select((parameter, index) => ShareOf(parameter.Weights, sides[index]))], value, isAtWork);

    private static double ShareOf(IReadOnlyList<double> weights, ulong side)
    {
        var sum = 0.0;
        for (; side != 0; side &= side - 1) sum += weights[BitOperations.TrailingZeroCount(side)];
        return sum;
    }
}
