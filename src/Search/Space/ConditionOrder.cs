namespace FashionSweep.Search.Space;

/// <summary>Sorts parameters so that each comes behind those that decide its condition, and otherwise as the file has them.</summary>
internal static class ConditionOrder
{
    /// <param name="needs">The names that decide a parameter's condition; others than those of the parameters may be among them.</param>
    /// <exception cref="ArgumentException">Conditions go round in a circle.</exception>
    public static IReadOnlyList<SearchParameter> Of(IReadOnlyList<SearchParameter> parameters, Func<SearchParameter, IEnumerable<string>> needs) =>
        Sort(parameters, needs) is ({ } ordered, { Count: 0 })
            ? ordered
            : throw new ArgumentException($"Conditions go round in a circle: {string.Join(", ", CircleIn(parameters, needs)!)}.", nameof(parameters));

    /// <returns>Names, each of which needs the next one and the last the first; null where there is no circle.</returns>
    public static IReadOnlyList<string>? CircleIn(IReadOnlyList<SearchParameter> parameters, Func<SearchParameter, IEnumerable<string>> needs)
    {
        var waiting = Sort(parameters, needs).Waiting.ToDictionary(parameter => parameter.Name);
        if (waiting.Count == 0) return null;
        // Each that waits, waits for another: following them comes round.
        var path = new List<string>();
        for (var name = waiting.Keys.First(); ; name = needs(waiting[name]).First(waiting.ContainsKey))
        {
            if (path.IndexOf(name) is var start and >= 0) return path[start..];
            path.Add(name);
        }
    }

    private static (List<SearchParameter> Ordered, List<SearchParameter> Waiting) Sort(
        IReadOnlyList<SearchParameter> parameters, Func<SearchParameter, IEnumerable<string>> needs)
    {
        var (ordered, waiting) = (new List<SearchParameter>(), parameters.ToList());
        while (waiting.Find(parameter => !needs(parameter).Any(name => waiting.Exists(other => other.Name == name))) is { } ready)
        {
            ordered.Add(ready);
            waiting.Remove(ready);
        }
        return (ordered, waiting);
    }
}
