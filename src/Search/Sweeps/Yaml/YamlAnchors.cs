namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>Values that were given a name in the document, and stand again where the name does.</summary>
internal sealed class YamlAnchors
{
    /// <summary>A few lines of aliases of aliases would stand for more than any memory holds.</summary>
    public const int MostValues = 10_000;

    private readonly Dictionary<string, YamlValue> _values = [];
    private readonly Dictionary<YamlValue, (long Count, int Depth)> _sizes = new(ReferenceEqualityComparer.Instance);
    private long _taken;

    /// <summary>A name that is given again stands for the latest value.</summary>
    public void Set(string name, YamlValue value)
    {
        _values[name] = value;
        _sizes[value] = Measure(value);
    }

    /// <returns>Null where no such name stands before.</returns>
    public YamlValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Counts a value that stands once more.</summary>
    /// <returns>False where there are too many by now.</returns>
    public bool Take(YamlValue value) => (_taken += _sizes[value].Count) <= MostValues;

    /// <summary>How many levels are within a value of the document.</summary>
    public int DepthOf(YamlValue value) => _sizes[value].Depth;

    // Values with a name within it have been measured, and are not walked through again.
    private (long Count, int Depth) Measure(YamlValue value)
    {
        if (_sizes.TryGetValue(value, out var known)) return known;
        var inner = value switch
        {
            YamlValue.Sequence list => list.Items,
            YamlValue.Mapping mapping => mapping.Entries.Select(entry => entry.Value),
            _ => [],
        };
        var (count, depth) = (1L, 0);
        foreach (var (size, levels) in inner.Select(Measure)) (count, depth) = (Math.Min(count + size, MostValues + 1), Math.Max(depth, levels + 1));
        return (count, depth);
    }
}
