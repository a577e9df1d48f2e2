using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Changes what a sweep's parameters are drawn from.</summary>
public static class Widening
{
    private const string Source = "--set";

    /// <param name="parameters">Their names, and their domains in YAML as in a sweep file; one that the sweep did not set is set from now on.</param>
    /// <exception cref="SweepFileException">Holds every fault.</exception>
    public static SweepSpec Of(SweepSpec spec, IReadOnlyDictionary<string, string> parameters)
    {
        var faults = new FaultLog(Source);
        var entries = parameters.SelectMany(parameter => Read(parameter.Key, parameter.Value, faults)).ToList();
        if (faults.Count > 0) throw faults.ToException();
        var start = new Position(1, 1);
        var mapping = new YamlEntry("parameters", start, new YamlValue.Mapping(start, entries));
        var changed = new SpaceReader(spec.Catalog, spec.Method, hasRunCap: true, spec.Rules, faults).Read(mapping, null, start).Parameters;
        if (faults.Count > 0) throw faults.ToException();
        var merged = Merge(spec.Space, changed);
        if (SpacePoints.Any(merged) is not null) return spec with { Space = merged };
        faults.Add(Position.WholeFile, "no trial was found that satisfies the sweep's constraints with it");
        throw faults.ToException();
    }

    private static IReadOnlyList<YamlEntry> Read(string name, string domain, FaultLog faults)
    {
        if (YamlTree.Read($"{name}: {domain}", faults) is YamlValue.Mapping { Entries: [_] entries }) return entries;
        if (faults.Count == 0)
            faults.Add(Position.WholeFile, $"{name} is {Printable.Short(domain)}, must be one parameter's domain on one line, as {{min: 1e-5, max: 1}}");
        return [];
    }

    private static SearchSpace Merge(SearchSpace space, IReadOnlyList<SearchParameter> changed)
    {
        var known = space.Parameters
            .Select(parameter => changed.FirstOrDefault(other => other.Name == parameter.Name) is { } other
                ? parameter with { Domain = other.Domain }
                : parameter)
            .ToList();
        return new SearchSpace(space.Catalog, [.. known, .. changed.Where(other => known.All(parameter => parameter.Name != other.Name))], space.Constraints);
    }
}
