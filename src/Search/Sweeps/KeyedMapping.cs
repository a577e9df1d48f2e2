using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>A mapping whose keys are known: reports every other key at once, and finds the entries by name.</summary>
internal sealed class KeyedMapping
{
    private readonly Dictionary<string, YamlEntry> _entries;

    /// <param name="owner">As <c> of metric</c>; empty at the top.</param>
    /// <param name="advice">Knows better than the nearest key what an unknown one was meant to be; null where it doesn't.</param>
    public KeyedMapping(YamlValue.Mapping mapping, IReadOnlyList<string> names, string owner, FaultLog faults, Func<string, string?>? advice = null)
    {
        foreach (var entry in mapping.Entries.Where(entry => !names.Contains(entry.Key)))
            faults.Add(entry.At, $"unknown key \"{Printable.Short(entry.Key)}\"{owner}{advice?.Invoke(entry.Key) ?? Suggestion.OrAll(entry.Key, names)}");
        _entries = mapping.Entries.Where(entry => names.Contains(entry.Key)).ToDictionary(entry => entry.Key);
    }

    public KeyedMapping(YamlValue.Mapping mapping, IEnumerable<FileKey> keys, string owner, FaultLog faults, Func<string, string?>? advice = null)
        : this(mapping, [.. keys.Select(key => key.Name)], owner, faults, advice)
    {
    }

    public YamlEntry? this[string key] => _entries.GetValueOrDefault(key);

    /// <summary>The first in the file of some keys.</summary>
    public YamlEntry? FirstOf(IEnumerable<string> keys) =>
        keys.Select(key => this[key]).OfType<YamlEntry>().OrderBy(entry => entry.At.Line).ThenBy(entry => entry.At.Column).FirstOrDefault();
}
