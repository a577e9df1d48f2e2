using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>
/// A finite search space as numbered points: those that its conditions and constraints admit, each once.
/// In declared order, the last parameter changing fastest; those under conditions and constraints change slowest.
/// </summary>
public sealed class GridSpace
{
    // Walked in about a second; the points found take 100 MB at most.
    private const long MostSteps = 20_000_000;

    // Spaces don't change, and a sweep asks for its size again and again.
    private static readonly ConditionalWeakTable<SearchSpace, StrongBox<GridSpace?>> Counted = [];

    private readonly IReadOnlyList<SearchParameter> _bound;
    private readonly List<int> _boundDigits;
    private readonly IReadOnlyList<SearchParameter> _free;

    private GridSpace(SearchSpace space, List<int> boundDigits, int boundPoints)
    {
        (_bound, _boundDigits) = (space.Bound, boundDigits);
        _free = [.. space.Parameters.Except(_bound)];
        Size = _free.Aggregate((BigInteger)boundPoints, (product, parameter) => product * parameter.Domain.Size!.Value);
    }

    public BigInteger Size { get; }

    /// <returns>Null where a parameter has a continuous range, or where conditions and constraints leave too much to count.</returns>
    public static GridSpace? Of(SearchSpace space) => Counted.GetValue(space, static space => new StrongBox<GridSpace?>(Count(space))).Value;

    /// <param name="index">From 0, below <see cref="Size"/>.</param>
    public ParameterSet At(long index)
    {
        var rest = (ulong)index;
        var point = new Dictionary<string, ParameterValue>();
        foreach (var (name, domain, _) in _free.Reverse())
        {
            (rest, var digit) = ulong.DivRem(rest, (ulong)domain.Size!.Value);
            point[name] = domain.Nth(digit);
        }
        foreach (var (position, (name, domain, _)) in _bound.Index())
            if (_boundDigits[(int)rest * _bound.Count + position] is var digit and >= 0) point[name] = domain.Nth((ulong)digit);
        return new ParameterSet(point);
    }

    private static GridSpace? Count(SearchSpace space)
    {
        if (space.Parameters.Any(parameter => parameter.Domain.Size is null)) return null;
        var (digits, points) = (new List<int>(), 0);
        var complete = BoundPoints.Walk(space, MostSteps, found =>
        {
            digits.AddRange(found);
            points++;
            return true;
        });
        return complete ? new GridSpace(space, digits, points) : null;
    }
}
