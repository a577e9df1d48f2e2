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

    /// <summary>Whether a point is found that all of a space's constraints admit.</summary>
    public static bool IsMet(SearchSpace space) => SpacePoints.Look(space, MostSteps, Draws).Found;

    /// <returns>Where a space was looked for a point of which the condition holds, and none was found, and why; null where it holds somewhere.</returns>
    public static Nowhere? In(Condition condition, SearchSpace space)
    {
        var looked = SpacePoints.Look(space.Under([.. space.Constraints, condition]), MostSteps, Draws);
        if (looked.Found) return null;
        var points = SpacePoints.Spread(space, Draws).Select(point => space.ValueIn(name => point[name])).ToList();
        return new Nowhere(
            looked.Draws, Closest(condition, space, points) ?? string.Join(", ", condition.Names.Select(name => Taken(name, space, points))));
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
            [] when parameter is not null => All(parameter.Domain),
            [] or [null] => "without a value",
            _ when values.Count <= MostValues => string.Join(" or ", values.Select(value => value?.ToString() ?? "without a value")),
            _ when parameter is not null && Numbers.Real(values[0]) is not null => Range(parameter.Domain),
            _ => $"{string.Join(", ", values.Take(MostValues))} or others",
        };
        return $"{name} is {Printable.Short(text)}{(parameter is not null ? " in this sweep" : ", as this sweep doesn't set it")}";
    }

    private static string All(SearchDomain domain) => domain is SearchDomain.Constant or SearchDomain.Choices
        ? string.Join(" or ", Enumerable.Range(0, (int)domain.Size!.Value).Take(MostValues).Select(index => domain.Nth((ulong)index)))
        : Range(domain);

    private static string Range(SearchDomain domain) => $"{Rounded(domain.At(0))} to {Rounded(domain.At(Math.BitDecrement(1.0)))}";

    private static string Rounded(ParameterValue value) =>
        value is ParameterValue.Real { Value: var real } ? real.ToString("G4", CultureInfo.InvariantCulture) : value.ToString();
}

/// <summary>A condition that holds nowhere, as far as was looked.</summary>
/// <param name="Draws">So many points all over the space were looked at, and some more that come close; null where it was looked at as a whole.</param>
/// <param name="Why">What comes closest, or what its names are.</param>
internal sealed record Nowhere(int? Draws, string Why)
{
    /// <summary>To go before what the condition is: what is certain of all is not said of some.</summary>
    public string NoneOf(string all) =>
        Draws is { } draws ? FormattableString.Invariant($"none of {draws:N0} points looked at satisfies") : $"no {all} satisfies";
}
