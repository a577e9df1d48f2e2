using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>A point that walks towards what constraints admit: the values of <see cref="SearchSpace.Bound"/>, and how far it has to go.</summary>
internal sealed class MendingWalk
{
    private const double StressFactor = 10;

    private readonly SearchSpace _space;
    private readonly Dictionary<string, ParameterValue> _chosen = [];
    private readonly double[] _weights;
    private ParameterValue[] _values;
    private double? _left;

    public MendingWalk(SearchSpace space, IReadOnlyList<ParameterValue> values)
    {
        (_space, _values, _weights) = (space, [.. values], [.. space.Constraints.Select(_ => 1.0)]);
        ValueOf = space.ValueIn(_chosen.GetValueOrDefault);
    }

    /// <summary>How often it was asked what is left.</summary>
    public long Evaluated { get; private set; }

    /// <summary>What conditions see. Good until a value changes.</summary>
    public Func<string, ParameterValue?> ValueOf { get; }

    /// <summary>The weighted sum of what the constraints lack; 0 where all hold.</summary>
    public double Left => _left ??= Measure();

    public ParameterValue this[int index]
    {
        get => _values[index];
        set => (_values[index], _left) = (value, null);
    }

    public void Restart(ParameterValue[] values)
    {
        (_values, _left) = (values, null);
        Array.Fill(_weights, 1);
    }

    /// <summary>Makes what is lacking here count for more, so that what no single step betters is left (Morris, "The breakout method", AAAI 1993).</summary>
    public void Stress()
    {
        See();
        foreach (var (index, constraint) in _space.Constraints.Index())
            if (!constraint.Holds(ValueOf)) _weights[index] *= StressFactor;
        _left = null;
    }

    /// <summary>Of the values of one parameter the one that leaves least, the present one where none leaves less.</summary>
    public void TakeBest(int index, IEnumerable<ParameterValue> values)
    {
        var (best, least) = (this[index], Left);
        foreach (var value in values)
        {
            this[index] = value;
            if (Left < least) (best, least) = (value, Left);
        }
        this[index] = best;
    }

    /// <summary>Which parameters are there hangs on the values before.</summary>
    public void See()
    {
        _chosen.Clear();
        foreach (var (index, (name, _, when)) in _space.Bound.Index())
            if (when is null || when.Holds(ValueOf)) _chosen[name] = _values[index];
    }

    private double Measure()
    {
        Evaluated++;
        See();
        var left = 0.0;
        for (var index = 0; index < _weights.Length; index++) left += _weights[index] * Shortfall.Of(_space.Constraints[index], ValueOf);
        return left;
    }
}
