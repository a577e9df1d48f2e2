using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>Finds the hyperparameters in the mapping of parameters: by their other names, and in groups within it, of which the names mean nothing.</summary>
internal sealed class ParameterTree(ParameterCatalog catalog, FaultLog faults)
{
    private const string GroupKey = "parameters";

    // In the group of an optimizer, its name is the optimizer.
    public static readonly string[] OwnNames = ["name", "type", "kind"];

    private static readonly FileKey[] GroupKeys = [new(GroupKey, "the parameters of this group", new KeyShape.Parameters())];

    private readonly Dictionary<string, YamlEntry> _found = [];

    /// <summary>The nearest hyperparameters to each unknown name.</summary>
    public HashSet<string> Guessed { get; } = [];

    /// <summary>Each hyperparameter once, in the order of the file.</summary>
    public IEnumerable<(Hyperparameter Parameter, YamlEntry Entry)> In(YamlValue.Mapping mapping, Hyperparameter? group = null)
    {
        foreach (var entry in mapping.Entries)
        {
            if (GroupOf(entry) is { } inner)
                foreach (var found in In(inner, catalog.FindSpelled(entry.Key))) yield return found;
            else if (Known(entry, group) is { } parameter && IsNew(parameter, entry)) yield return (parameter, entry);
        }
    }

    private YamlValue.Mapping? GroupOf(YamlEntry entry)
    {
        if (entry.Value is not YamlValue.Mapping mapping || mapping.Entries.All(inner => inner.Key != GroupKey)) return null;
        var inner = new KeyedMapping(mapping, GroupKeys, $" of the group {Printable.Short(entry.Key)}", faults)[GroupKey]!;
        if (inner.Value is YamlValue.Mapping { Entries.Count: > 0 } parameters) return parameters;
        if (inner.Value is not YamlValue.Unreadable)
            faults.Add(
                inner.ValueAt,
                $"parameters of {Printable.Short(entry.Key)} is {(inner.Value is YamlValue.Mapping ? "empty" : inner.Value)}, "
                + "must be a mapping with at least one parameter");
        return new YamlValue.Mapping(mapping.At, []);
    }

    private Hyperparameter? Known(YamlEntry entry, Hyperparameter? group)
    {
        var parameter = catalog.Find(entry.Key) ?? catalog.FindSpelled(entry.Key) ?? (OwnNames.Contains(entry.Key) ? group : null);
        if (parameter is null)
        {
            faults.Add(entry.At, $"unknown parameter \"{Printable.Short(entry.Key)}\"{Advice(entry.Key)}");
            if (Nearest.Of(entry.Key, catalog.Names) is { } near) Guessed.Add(near);
        }
        else if (parameter.Name != entry.Key) faults.Notes.Spelled(entry.Key, parameter.Name);
        return parameter;
    }

    private string Advice(string written)
    {
        if (Suggestion.For(written, catalog.Names) is { Length: > 0 } own) return own;
        var others = catalog.All.SelectMany(parameter => parameter.OtherNames);
        return Nearest.Of(written, others) is { } other
            ? $"; did you mean \"{catalog.FindSpelled(other)!.Name}\"?"
            : Suggestion.OrAll(written, catalog.Names);
    }

    private bool IsNew(Hyperparameter parameter, YamlEntry entry)
    {
        if (_found.TryAdd(parameter.Name, entry)) return true;
        var first = _found[parameter.Name];
        var name = first.Key == parameter.Name ? parameter.Name : $"{parameter.Name}, as {Printable.Short(first.Key)}";
        faults.Add(entry.At, $"{Printable.Short(entry.Key)} sets {name}, which is set on line {first.At.Line} already; a parameter may stand only once");
        return false;
    }
}
