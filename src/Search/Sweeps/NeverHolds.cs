using System.Globalization;
using FashionSweep.Search.Conditions;
using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Finds conditions that hold nowhere in a search space, and says what comes closest.</summary>
internal static class NeverHolds
{
    // Each a tenth of a second at most.
    private const long MostSteps = 2_000_000;
    private const int Draws = 20_000;
    private const int MostValues = 8;

    /// <returns>Why it never holds, to follow a colon; null where it does, or may.</returns>
    public static string? Why(Condition condition, SearchSpace space)
    {
        var isAny = SpacePoints.IsAny(space.Under([.. space.Constraints, condition]), MostSteps, Draws);
        if (isAny == true) return null;
        var points = SpacePoints.Spread(space, Draws).Select(point => space.ValueIn(name => point[name])).ToList();
        var why = Closest(condition, space, points) ?? string.Join(", ", condition.Names.Select(name => Taken(name, space, points)));
        return isAny is null ? FormattableString.Invariant($"{why}; {Draws:N0} points all over the space were looked at") : why;
    }

    private static string? Closest(Condition condition, SearchSpace space, List<Func<string, ParameterValue?>> points)
    {
        if (condition.Tree is not Expression.Comparison comparison || condition.Names.Count < 2) return null;
        var best = points
            .Select(valueOf => (ValueOf: valueOf, Gap: GapOf(comparison, valueOf)))
            .Where(point => point.Gap is not null)
            .DefaultIfEmpty()
            .MinBy(point => point.Gap);
        if (best.Gap is null) return null;
        var (left, right) = Sides(comparison, best.ValueOf);
        var values = condition.Names.Where(name => space.Parameters.Any(parameter => parameter.Name == name)).Select(name => $"{name}={best.ValueOf(name)}");
        return $"the closest is {string.Join(", ", values)}, where it says {left} {comparison.Sign} {right}";
    }

    private static double? GapOf(Expression.Comparison comparison, Func<string, ParameterValue?> valueOf)
    {
        var (left, right) = Sides(comparison, valueOf);
        return Numbers.Real(left) - Numbers.Real(right) is { } gap ? Math.Abs(gap) : null;
    }

    private static (ParameterValue? Left, ParameterValue? Right) Sides(Expression.Comparison comparison, Func<string, ParameterValue?> valueOf) =>
        (Evaluation.ValueOf(comparison.Left, valueOf), Evaluation.ValueOf(comparison.Right, valueOf));

    private static string Taken(string name, SearchSpace space, List<Func<string, ParameterValue?>> points)
    {
        var parameter = space.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var values = points.Select(valueOf => valueOf(name)).Distinct().ToList();
        var text = values switch
        {
            [] or [null] => "without a value",
            _ when values.Count <= MostValues => string.Join(" or ", values.Select(value => value?.ToString() ?? "without a value")),
            _ when parameter is not null && Numbers.Real(values[0]) is not null =>
                $"{Rounded(parameter.Domain.At(0))} to {Rounded(parameter.Domain.At(Math.BitDecrement(1.0)))}",
            _ => $"{string.Join(", ", values.Take(MostValues))} or others",
        };
        return $"{name} is {Printable.Short(text)}{(parameter is not null ? " in this sweep" : ", as this sweep doesn't set it")}";
    }

    private static string Rounded(ParameterValue value) =>
        value is ParameterValue.Real { Value: var real } ? real.ToString("G4", CultureInfo.InvariantCulture) : value.ToString();
}
