using System.Numerics;
using FashionSweep.Coordinator.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>A finite search space as numbered points, in declared order, the last parameter changing fastest.</summary>
public sealed class GridSpace
{
    private readonly IReadOnlyList<SearchParameter> _parameters;

    private GridSpace(IReadOnlyList<SearchParameter> parameters)
    {
        _parameters = parameters;
        Size = parameters.Aggregate(BigInteger.One, (product, parameter) => product * parameter.Domain.Size!.Value);
    }

    public BigInteger Size { get; }

    /// <returns>Null where a parameter has a continuous range.</returns>
    public static GridSpace? Of(IReadOnlyList<SearchParameter> parameters) =>
        parameters.Any(parameter => parameter.Domain.Size is null) ? null : new GridSpace(parameters);

    /// <param name="index">From 0, below <see cref="Size"/>.</param>
    public ParameterSet At(long index)
    {
        var rest = (ulong)index;
        var point = new Dictionary<string, ParameterValue>();
        foreach (var (name, domain, _) in _parameters.Reverse())
        {
            (rest, var digit) = ulong.DivRem(rest, (ulong)domain.Size!.Value);
            point[name] = domain.Nth(digit);
        }
        return new ParameterSet(point);
    }
}
