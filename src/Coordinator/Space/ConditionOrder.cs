namespace FashionSweep.Coordinator.Space;

/// <summary>Sorts conditional parameters so that each comes behind those that its condition names.</summary>
internal static class ConditionOrder
{
    /// <exception cref="ArgumentException">Conditions go round in a circle.</exception>
    public static IReadOnlyList<SearchParameter> Of(IReadOnlyList<SearchParameter> conditional)
    {
        var ordered = new List<SearchParameter>();
        var rest = conditional.ToList();
        while (rest.Count > 0)
        {
            var waiting = rest.Select(parameter => parameter.Name).ToHashSet();
            var ready = rest.Where(parameter => !parameter.When!.Names.Any(waiting.Contains)).ToList();
            if (ready.Count == 0) throw new ArgumentException($"The conditions of {string.Join(", ", waiting)} go round in a circle.", nameof(conditional));
            ordered.AddRange(ready);
            rest.RemoveAll(ready.Contains);
        }
        return ordered;
    }
}
