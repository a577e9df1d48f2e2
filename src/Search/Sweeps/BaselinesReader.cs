using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads the configurations that are tried first: a list of mappings of parameters to values.</summary>
internal sealed class BaselinesReader(ParameterCatalog catalog, FaultLog faults)
{
    private const int Most = 1000;

    public static KeyShape Shape { get; } = new KeyShape.List(new KeyShape.Parameters());

    /// <param name="space">Parameters that are constant in it hold for a baseline that does not set them.</param>
    public IReadOnlyList<ParameterSet> Read(YamlEntry? entry, SearchSpace space)
    {
        switch (entry?.Value)
        {
            case null or YamlValue.Unreadable:
                return [];
            case YamlValue.Sequence { Items.Count: > Most } list:
                faults.Add(list.At, $"baselines has {list.Items.Count} items, must have at most {Most}");
                return [];
            case YamlValue.Sequence list:
                return ReadAll(list, space);
            default:
                faults.Add(entry.ValueAt, $"baselines is {entry.Value}, must be a list of configurations, as [{{optimizer: adam, width: 128}}]");
                return [];
        }
    }

    private List<ParameterSet> ReadAll(YamlValue.Sequence list, SearchSpace space)
    {
        var constants = space.Parameters.Where(parameter => parameter is { When: null, Domain: SearchDomain.Constant })
            .Select(parameter => KeyValuePair.Create(parameter.Name, ((SearchDomain.Constant)parameter.Domain).Value)).ToList();
        var read = new List<ParameterSet>();
        foreach (var item in list.Items)
        {
            if (ReadOne(item) is not { } given) continue;
            var baseline = new ParameterSet(constants).With(given);
            Check(baseline, item.At, read, space);
            read.Add(baseline);
        }
        return read;
    }

    /// <returns>Null after a fault.</returns>
    private ParameterSet? ReadOne(YamlValue item)
    {
        if (item is YamlValue.Unreadable) return null;
        if (item is not YamlValue.Mapping mapping)
        {
            faults.Add(item.At, $"a baseline is {item}, must be a mapping of parameters to values, as {{optimizer: adam, width: 128}}");
            return null;
        }
        var before = faults.Count;
        var values = new Dictionary<string, ParameterValue>();
        foreach (var (parameter, entry) in new ParameterTree(catalog, faults).In(mapping))
            if (ValueReader.Of(parameter, faults).Read(entry.Value, entry.At) is { } value) values[parameter.Name] = value;
        return faults.Count == before ? new ParameterSet(values) : null;
    }

    private void Check(ParameterSet baseline, Position at, List<ParameterSet> others, SearchSpace space)
    {
        if (others.Contains(baseline)) faults.Add(at, "this baseline is given twice, must be given once");
        foreach (var conflict in catalog.Conflicts(catalog.Complete(baseline, sweepSeed: 0))) faults.Add(at, $"this baseline can't be trained: {conflict}");
        foreach (var constraint in space.Constraints.Where(constraint => !space.Under([constraint]).Admits(baseline)))
            faults.Add(at, $"this baseline breaks the constraint \"{Printable.Short(constraint.ToString())}\"");
    }
}
