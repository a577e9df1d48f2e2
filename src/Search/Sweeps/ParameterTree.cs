using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>
/// Finds the hyperparameters in the mapping of parameters: by their other names, in groups within it, and by the last part of dotted names.
/// What means nothing to training is passed over with a note.
/// </summary>
internal sealed class ParameterTree(ParameterCatalog catalog, FaultLog faults)
{
    private const string GroupKey = "parameters";

    private static readonly FileKey[] GroupKeys = [new(GroupKey, "the parameters of this group", new KeyShape.Parameters())];

    private readonly Dictionary<string, YamlEntry> _found = [];

    /// <summary>The nearest hyperparameters to each unknown name.</summary>
    public HashSet<string> Guessed { get; } = [];

    /// <summary>The hyperparameters that were found, in the order of their names in the file, level by level.</summary>
    public IReadOnlyList<string> ByName => [.. _paths.OrderBy(found => found.Path, StringComparer.Ordinal).Select(found => found.Name)];

    private readonly List<(string Path, string Name)> _paths = [];

    /// <summary>Each hyperparameter once, in the order of the file.</summary>
    public IEnumerable<(Hyperparameter Parameter, YamlEntry Entry)> In(YamlValue.Mapping mapping)
    {
        var all = Walk(mapping, [], "").ToList();
        foreach (var (parameter, entry, number) in all)
        {
            if (number is null)
            {
                if (IsNew(parameter, entry)) yield return (parameter, entry);
            }
            else if (ReferenceEquals(all.First(other => other.Parameter == parameter && other.Number is not null).Entry, entry)
                && ListItems.Join(parameter, [.. all.Where(other => other.Parameter == parameter && other.Number is not null)], faults) is { } list
                && IsNew(parameter, list))
                yield return (parameter, list);
        }
    }

    private IEnumerable<FoundName> Walk(YamlValue.Mapping mapping, IReadOnlyList<string> groups, string place)
    {
        foreach (var entry in mapping.Entries)
        {
            IReadOnlyList<string> path = [.. groups, .. NamePath.Parts(entry.Key)];
            if (GroupOf(entry) is { } inner)
                foreach (var found in Walk(inner, path, $"{place}{entry.Key}\0")) yield return found;
            else if (Known(entry, path) is { } known)
            {
                _paths.Add((place + entry.Key, known.Parameter.Name));
                yield return known;
            }
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

    private FoundName? Known(YamlEntry entry, IReadOnlyList<string> path)
    {
        if (catalog.FindIn(path) is { } parameter)
        {
            var meant = DomainShape.MeantBy(parameter, entry.Value, catalog);
            if (meant.Name != entry.Key) faults.Notes.Spelled(entry.Key, meant.Name);
            return new FoundName(meant, entry, null);
        }
        if (catalog.FindForeign(path) is { } foreign)
        {
            PassOver(entry, foreign);
            return null;
        }
        if (path.Count > 0 && catalog.FindItem(path[^1]) is var (list, number))
        {
            faults.Notes.Spelled(entry.Key, list.Name);
            return new FoundName(list, entry, number);
        }
        faults.Add(entry.At, $"unknown parameter \"{Printable.Short(entry.Key)}\"{NameAdvice.For(path, catalog)}");
        if (Nearest.Of(entry.Key, catalog.Names) is { } near) Guessed.Add(near);
        return null;
    }

    private void PassOver(YamlEntry entry, ForeignName foreign)
    {
        var harmful = DomainShape.Values(entry.Value).FirstOrDefault(value => value is not YamlValue.Scalar scalar || !foreign.IsHarmless(scalar.Text));
        if (foreign.Fault is null || harmful is null && DomainShape.Values(entry.Value).Count > 0) faults.Notes.PassedOver(entry.Key);
        else if (entry.Value is not YamlValue.Unreadable)
            faults.Add(
                (harmful ?? entry.Value).At,
                $"{Printable.Short(entry.Key)} is {harmful?.ToString() ?? "a range"}, which can't be had: {foreign.Fault}");
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

/// <param name="Number">Which item of it the entry is; null where it is the whole.</param>
internal sealed record FoundName(Hyperparameter Parameter, YamlEntry Entry, int? Number);
