using FashionSweep.Search.Conditions;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads the search space: each parameter by its own rule, then what holds across them.</summary>
/// <param name="method">Null where it is unknown, after a fault.</param>
internal sealed class SpaceReader(ParameterCatalog catalog, SearchMethod? method, bool hasRunCap, ReadingRules rules, FaultLog faults)
{
    private readonly List<SearchParameter> _space = [];
    private readonly Dictionary<string, Position> _places = [];

    private readonly WhenReader _conditions = new(catalog, faults);

    // Those of which it isn't known what the user meant: nothing across parameters is said about them.
    private readonly HashSet<string> _unsettled = [];

    /// <summary>The hyperparameters that were read, in the order of the names that the file gives them, groups and all.</summary>
    public IReadOnlyList<string> ByName { get; private set; } = [];

    public SearchSpace Read(YamlEntry? entry, YamlEntry? constraints, Position root)
    {
        switch (entry?.Value)
        {
            case null:
                faults.Add(root, "parameters is missing, must hold at least one parameter, as depth: [1, 2, 3]");
                break;
            case YamlValue.Mapping { Entries.Count: > 0 } mapping:
                var tree = new ParameterTree(catalog, faults);
                foreach (var (parameter, place) in tree.In(mapping)) ReadParameter(parameter, place);
                _unsettled.UnionWith(tree.Guessed);
                ByName = tree.ByName;
                return ReadAcross(constraints, entry.At);
            case not YamlValue.Unreadable:
                var found = entry.Value is YamlValue.Mapping ? "empty" : entry.Value.ToString();
                faults.Add(entry.ValueAt, $"parameters is {found}, must be a mapping with at least one parameter, as depth: [1, 2, 3]");
                break;
        }
        return new SearchSpace(catalog, _space);
    }

    private void ReadParameter(Hyperparameter parameter, YamlEntry entry)
    {
        var before = faults.Count;
        _places[parameter.Name] = entry.At;
        if ((entry.Value as YamlValue.Mapping)?.Entries.FirstOrDefault(key => key.Key == "when") is { } when) _conditions.Read(parameter.Name, when);
        if (new DomainReader(parameter, method, rules, faults).Read(entry) is { } domain) _space.Add(new SearchParameter(parameter.Name, domain));
        else _unsettled.Add(parameter.Name);
        if (faults.Count > before) _unsettled.Add(parameter.Name);
    }

    private SearchSpace ReadAcross(YamlEntry? constraints, Position at)
    {
        var (faultsBefore, reader) = (faults.Count, new ConstraintsReader(Vocabulary.Of(catalog), faults));
        var space = new SearchSpace(catalog, _conditions.Apply(_space), reader.Read(constraints));
        if (faults.Count == faultsBefore && _unsettled.Count == 0) reader.CheckAgainst(space);
        // A rule may be broken only where a condition that can't be read would have ruled it out.
        if (faults.Count == faultsBefore) CheckAcross(space, at);
        return space;
    }

    private void CheckAcross(SearchSpace space, Position at)
    {
        foreach (var broken in CrossRules.Broken(space).Where(broken => !broken.Parameters.Any(_unsettled.Contains)))
        {
            var places = broken.Parameters.Where(_places.ContainsKey).Select(name => _places[name]).OrderBy(place => place.Line).ThenBy(place => place.Column);
            faults.Add(places.DefaultIfEmpty(at).First(), broken.Message);
        }
        if (method != SearchMethod.Grid || space.Parameters.Any(parameter => parameter.Domain.Size is null)) return;
        if (GridSpace.Of(space) is null)
            faults.Add(at, "the grid has too many combinations under conditions and constraints to count: give these parameters fewer values");
        else if (!hasRunCap && SpaceSize.Of(space)!.Count is var size && size > int.MaxValue)
            faults.Add(
                at, FormattableString.Invariant($"the grid has {size:N0} points, must have at most {int.MaxValue:N0}: give fewer values, or a run_cap"));
    }
}
