using FashionSweep.Coordinator.Names;
using FashionSweep.Coordinator.Sampling;
using FashionSweep.Coordinator.Space;
using FashionSweep.Coordinator.Sweeps.Yaml;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Sweeps;

/// <summary>Reads the search space: each parameter by its own rule, then what holds across them.</summary>
/// <param name="method">Null where it is unknown, after a fault.</param>
internal sealed class SpaceReader(SearchMethod? method, bool hasRunCap, FaultLog faults)
{
    private static readonly string[] Names = [.. Hyperparameters.All.Select(parameter => parameter.Name)];

    private readonly List<SearchParameter> _space = [];

    private readonly WhenReader _conditions = new(faults);

    // Those of which it isn't known what the user meant: nothing across parameters is said about them.
    private readonly HashSet<string> _unsettled = [];

    public SearchSpace Read(YamlEntry? entry, YamlEntry? constraints, Position root)
    {
        switch (entry?.Value)
        {
            case null:
                faults.Add(root, "parameters is missing, must hold at least one parameter, as depth: [1, 2, 3]");
                break;
            case YamlValue.Mapping { Entries.Count: > 0 } mapping:
                foreach (var parameter in mapping.Entries) ReadParameter(parameter);
                return ReadAcross(mapping, constraints, entry.At);
            case not YamlValue.Unreadable:
                var found = entry.Value is YamlValue.Mapping ? "empty" : entry.Value.ToString();
                faults.Add(entry.ValueAt, $"parameters is {found}, must be a mapping with at least one parameter, as depth: [1, 2, 3]");
                break;
        }
        return new SearchSpace(_space);
    }

    private void ReadParameter(YamlEntry entry)
    {
        if (Hyperparameters.Find(entry.Key) is not { } parameter)
        {
            faults.Add(entry.At, $"unknown parameter \"{Printable.Short(entry.Key)}\"{Suggestion.OrAll(entry.Key, Names)}");
            if (Suggestion.Meant(entry.Key, Names) is { } near) _unsettled.Add(near);
            return;
        }
        var before = faults.Count;
        if ((entry.Value as YamlValue.Mapping)?.Entries.FirstOrDefault(key => key.Key == "when") is { } when) _conditions.Read(parameter.Name, when);
        if (new DomainReader(parameter, method, faults).Read(entry) is { } domain) _space.Add(new SearchParameter(entry.Key, domain));
        else _unsettled.Add(entry.Key);
        if (faults.Count > before) _unsettled.Add(entry.Key);
    }

    private SearchSpace ReadAcross(YamlValue.Mapping mapping, YamlEntry? constraints, Position at)
    {
        var (faultsBefore, reader) = (faults.Count, new ConstraintsReader(faults));
        var space = new SearchSpace(_conditions.Apply(_space), reader.Read(constraints));
        if (faults.Count == faultsBefore && _unsettled.Count == 0) reader.CheckAgainst(space);
        // A rule may be broken only where a condition that can't be read would have ruled it out.
        if (faults.Count == faultsBefore) CheckAcross(space, mapping, at);
        return space;
    }

    private void CheckAcross(SearchSpace space, YamlValue.Mapping mapping, Position at)
    {
        foreach (var broken in CrossRules.Broken(space).Where(broken => !broken.Parameters.Any(_unsettled.Contains)))
        {
            var place = mapping.Entries.FirstOrDefault(entry => broken.Parameters.Contains(entry.Key));
            faults.Add(place?.At ?? at, broken.Message);
        }
        if (method != SearchMethod.Grid || space.Parameters.Any(parameter => parameter.Domain.Size is null)) return;
        if (GridSpace.Of(space) is not { } grid) faults.Add(at, "the grid has too many combinations under conditions and constraints to count: give these parameters fewer values");
        else if (!hasRunCap && grid.Size > int.MaxValue)
            faults.Add(at, FormattableString.Invariant($"the grid has {grid.Size:N0} points, must have at most {int.MaxValue:N0}: give fewer values, or a run_cap"));
    }
}
