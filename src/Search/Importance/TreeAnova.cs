using System.Numerics;

namespace FashionSweep.Search.Importance;

/// <summary>
/// The variance of one tree over the whole search space, in parts: Hutter, Hoos, Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter
/// Importance", ICML 2014, algorithm 2. A tree is constant in each of its boxes, so that every integral is a sum over them.
/// </summary>
internal sealed class TreeAnova
{
    private readonly IReadOnlyList<BinnedParameter> _parameters;
    private readonly List<Box> _leaves;
    private readonly double[][] _marginals;

    public TreeAnova(IReadOnlyList<BinnedParameter> parameters, List<Box> leaves)
    {
        (_parameters, _leaves) = (parameters, leaves);
        Mean = leaves.Sum(leaf => leaf.Share * leaf.Value);
        Variance = leaves.Sum(leaf => leaf.Share * Square(leaf.Value - Mean));
        _marginals = [.. parameters.Select((_, parameter) => MarginalOf(parameter))];
        Alone = [.. parameters.Select((binned, parameter) => Spread(binned.Weights, _marginals[parameter]))];
    }

    public double Mean { get; }

    public double Variance { get; }

    /// <summary>What each parameter's marginal varies by, of <see cref="Variance"/>.</summary>
    public double[] Alone { get; }

    /// <summary>What two parameters vary by together, beyond each alone.</summary>
    public double Together(int one, int other)
    {
        var (ones, others) = (_parameters[one].Weights, _parameters[other].Weights);
        var joint = JointOf(one, other);
        var sum = 0.0;
        for (var a = 0; a < ones.Count; a++)
            for (var b = 0; b < others.Count; b++)
                sum += ones[a] * others[b] * Square(joint[a, b] - _marginals[one][a] - _marginals[other][b] + Mean);
        return sum;
    }

    /// <summary>The mean over the part of the space in which the parameter is at work, for each of its bins; NaN where it never is.</summary>
    public double[] EffectOf(int parameter)
    {
        var (sums, shares) = (new double[_parameters[parameter].Bins], new double[_parameters[parameter].Bins]);
        foreach (var leaf in _leaves)
        {
            if (!leaf.IsAtWork[parameter] || leaf.Shares[parameter] == 0) continue;
            var share = leaf.Share / leaf.Shares[parameter];
            for (var side = leaf.Sides[parameter]; side != 0; side &= side - 1)
            {
                var bin = BitOperations.TrailingZeroCount(side);
                sums[bin] += share * leaf.Value;
                shares[bin] += share;
            }
        }
        return [.. sums.Zip(shares, (sum, share) => share > 0 ? sum / share : double.NaN)];
    }

    private double[] MarginalOf(int parameter)
    {
        var marginal = new double[_parameters[parameter].Bins];
        foreach (var leaf in _leaves)
        {
            if (leaf.Shares[parameter] == 0) continue;
            var part = leaf.Share / leaf.Shares[parameter] * leaf.Value;
            for (var side = leaf.Sides[parameter]; side != 0; side &= side - 1) marginal[BitOperations.TrailingZeroCount(side)] += part;
        }
        return marginal;
    }

    private double[,] JointOf(int one, int other)
    {
        var joint = new double[_parameters[one].Bins, _parameters[other].Bins];
        foreach (var leaf in _leaves)
        {
            var share = leaf.Shares[one] * leaf.Shares[other];
            if (share == 0) continue;
            var part = leaf.Share / share * leaf.Value;
            for (var a = leaf.Sides[one]; a != 0; a &= a - 1)
                for (var b = leaf.Sides[other]; b != 0; b &= b - 1)
                    joint[BitOperations.TrailingZeroCount(a), BitOperations.TrailingZeroCount(b)] += part;
        }
        return joint;
    }

    private static double Spread(IReadOnlyList<double> weights, double[] marginal)
    {
        var mean = weights.Zip(marginal, (weight, value) => weight * value).Sum();
        return weights.Zip(marginal, (weight, value) => weight * Square(value - mean)).Sum();
    }

    private static double Square(double value) => value * value;
}
