using System.Numerics;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>
/// Walks over all that the parameters under conditions and constraints can be together, depth first: a broken constraint cuts off all below it.
/// </summary>
internal sealed class BoundPoints
{
    // Of an assignment beside its checks, in parts of a condition: both take some 30 ns.
    private const int StepsOfAssignment = 10;

    private readonly IReadOnlyList<SearchParameter> _parameters;
    private readonly List<Condition>[] _checks;
    private readonly int[] _steps;
    private readonly Dictionary<string, ParameterValue> _chosen = [];
    private readonly Func<string, ParameterValue?> _valueOf;
    private readonly int[] _digits;
    private readonly Func<int[], bool> _found;
    private long _left;

    private BoundPoints(SearchSpace space, long mostSteps, Func<int[], bool> found)
    {
        (_parameters, _left, _found) = (space.Bound, mostSteps, found);
        _valueOf = space.ValueIn(_chosen.GetValueOrDefault);
        _digits = new int[_parameters.Count];
        _checks = [.. Enumerable.Range(0, _parameters.Count + 1).Select(_ => new List<Condition>())];
        foreach (var constraint in space.Constraints) _checks[DepthOf(space.Deciding(constraint))].Add(constraint);
        _steps = [.. _checks.Select((checks, depth) =>
            StepsOfAssignment + checks.Sum(check => check.Size) + (depth > 0 ? _parameters[depth - 1].When?.Size ?? 0 : 0))];
    }

    /// <param name="found">
    /// Gets the number of each parameter's value in the order of <see cref="SearchSpace.Bound"/>, -1 where it has none; false ends the walk.
    /// </param>
    /// <returns>False where it was ended, or has taken too many steps, or a parameter is continuous.</returns>
    public static bool Walk(SearchSpace space, long mostSteps, Func<int[], bool> found)
    {
        if (space.Bound.Any(parameter => parameter.Domain.Size is null)) return false;
        var walk = new BoundPoints(space, mostSteps, found);
        return !walk.Passes(0) || walk.Below(0);
    }

    // The depth at which all that decides a constraint is known.
    private int DepthOf(IEnumerable<string> names) =>
        names.Select(name => _parameters.Index().FirstOrDefault(bound => bound.Item.Name == name, (-1, null!)).Index + 1).DefaultIfEmpty(0).Max();

    private bool Below(int depth)
    {
        // A point that is kept costs memory by its length.
        if (depth == _parameters.Count) return (_left -= depth) >= 0 && _found(_digits);
        var (name, domain, when) = _parameters[depth];
        if (when?.Holds(_valueOf) == false) return Step(depth, -1);
        var size = (ulong)BigInteger.Min(domain.Size!.Value, ulong.MaxValue);
        for (ulong digit = 0; digit < size; digit++)
        {
            _chosen[name] = domain.Nth(digit);
            if (!Step(depth, (int)digit)) return false;
        }
        _chosen.Remove(name);
        return true;
    }

    private bool Step(int depth, int digit)
    {
        if ((_left -= _steps[depth + 1]) < 0) return false;
        _digits[depth] = digit;
        return !Passes(depth + 1) || Below(depth + 1);
    }

    private bool Passes(int depth) => _checks[depth].TrueForAll(check => check.Holds(_valueOf));
}
