using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Importance;

/// <summary>What a sweep has tried, and what came of it.</summary>
/// <param name="Objective">Of the values.</param>
public sealed record TriedPoints(IReadOnlyList<BinnedParameter> Parameters, IReadOnlyList<TriedPoint> Points, Objective Objective)
{
    /// <summary>What has other values than the search space, as some baselines have.</summary>
    public int Outside { get; init; }

    /// <param name="tried">Complete sets, each with what it came to: null where it was pruned or diverged.</param>
    public static TriedPoints Of(SearchSpace space, Objective objective, IEnumerable<(ParameterSet Complete, double? Value)> tried)
    {
        List<(SearchParameter Parameter, BinnedParameter Bins)> searched =
            [.. space.Parameters.Select(parameter => (parameter, BinnedParameter.Of(parameter)!)).Where(pair => pair.Item2 is not null)];
        List<TriedPoint?> points = [.. tried.Select(point => PointOf(space, searched, point.Complete, point.Value))];
        return new TriedPoints([.. searched.Select(pair => pair.Bins)], [.. points.OfType<TriedPoint>()], objective)
        {
            Outside = points.Count(point => point is null),
        };
    }

    /// <summary>The searched parameters that do nothing in a trial: by their own condition, or beside its others.</summary>
    public static IReadOnlySet<string> IdleIn(SearchSpace space, ParameterSet complete)
    {
        var idle = Meaning.In(space.Catalog).IdleIn(complete);
        return space.Parameters
            .Where(parameter => idle.Contains(parameter.Name) || parameter.When?.Holds(name => space.Catalog.ValueIn(complete, name)) == false)
            .Select(parameter => parameter.Name).ToHashSet();
    }

    private static TriedPoint? PointOf(
        SearchSpace space, List<(SearchParameter Parameter, BinnedParameter Bins)> searched, ParameterSet complete, double? value)
    {
        var idle = IdleIn(space, complete);
        var bins = new int[searched.Count];
        foreach (var (index, (parameter, binned)) in searched.Index())
        {
            var known = space.Catalog.ValueIn(complete, parameter.Name);
            if (known is null || idle.Contains(parameter.Name)) bins[index] = TriedPoint.Idle;
            else if (binned.BinOf(known) is { } bin) bins[index] = bin;
            else return null;
        }
        return new TriedPoint(bins, value is { } number && double.IsFinite(number) ? number : null);
    }
}

/// <param name="Bins">Of each parameter; <see cref="Idle"/> where it does nothing beside the others.</param>
/// <param name="Value">Null of what was not completed.</param>
public sealed record TriedPoint(IReadOnlyList<int> Bins, double? Value)
{
    public const int Idle = -1;
}
