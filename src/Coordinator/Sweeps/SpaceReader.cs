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

    // Those of which it isn't known what the user meant: nothing across parameters is said about them.
    private readonly HashSet<string> _unsettled = [];

    public IReadOnlyList<SearchParameter> Read(YamlEntry? entry, Position root)
    {
        switch (entry?.Value)
        {
            case null:
                faults.Add(root, "parameters is missing, must hold at least one parameter, as depth: [1, 2, 3]");
                break;
            case YamlValue.Mapping { Entries.Count: > 0 } mapping:
                foreach (var parameter in mapping.Entries) ReadParameter(parameter);
                CheckAcross(mapping, entry.At);
                break;
            case not YamlValue.Unreadable:
                var found = entry.Value is YamlValue.Mapping ? "empty" : entry.Value.ToString();
                faults.Add(entry.ValueAt, $"parameters is {found}, must be a mapping with at least one parameter, as depth: [1, 2, 3]");
                break;
        }
        return _space;
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
        if (new DomainReader(parameter, method, faults).Read(entry) is { } domain) _space.Add(new SearchParameter(entry.Key, domain));
        else _unsettled.Add(entry.Key);
        if (faults.Count > before) _unsettled.Add(entry.Key);
    }

    private void CheckAcross(YamlValue.Mapping mapping, Position at)
    {
        foreach (var broken in CrossRules.Broken(_space).Where(broken => !broken.Parameters.Any(_unsettled.Contains)))
        {
            var place = mapping.Entries.FirstOrDefault(entry => broken.Parameters.Contains(entry.Key));
            faults.Add(place?.At ?? at, broken.Message);
        }
        if (method != SearchMethod.Grid || hasRunCap || GridSpace.Of(new SearchSpace(_space)) is not { } grid || grid.Size <= int.MaxValue) return;
        faults.Add(at, FormattableString.Invariant($"the grid has {grid.Size:N0} points, must have at most {int.MaxValue:N0}: give fewer values, or a run_cap"));
    }
}
