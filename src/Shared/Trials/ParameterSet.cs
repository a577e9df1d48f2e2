using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>Parameters by name, in ordinal order of the names, so that equal sets have the same JSON. Immutable.</summary>
[JsonConverter(typeof(ParameterSetJson))]
public sealed class ParameterSet : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<ParameterSet>
{
    // Arrays and not a tree: a sweep makes several sets of sixty parameters for each of its trials, and most have the same names.
    private readonly string[] _names;
    private readonly ParameterValue[] _values;

    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        KeyValuePair<string, ParameterValue>[] ordered = [.. values];
        Array.Sort(ordered, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        for (var index = 1; index < ordered.Length; index++)
            if (ordered[index].Key == ordered[index - 1].Key) throw new ArgumentException($"{ordered[index].Key} is given twice.", nameof(values));
        (_names, _values) = (Array.ConvertAll(ordered, pair => pair.Key), Array.ConvertAll(ordered, pair => pair.Value));
    }

    private ParameterSet(string[] names, ParameterValue[] values) => (_names, _values) = (names, values);

    public static ParameterSet Empty { get; } = new([]);

    public int Count => _values.Length;

    public ParameterValue? this[string name]
    {
        get
        {
            var (low, high) = (0, _values.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = string.CompareOrdinal(_names[middle], name);
                if (order == 0) return _values[middle];
                if (order < 0) low = middle + 1;
                else high = middle - 1;
            }
            return null;
        }
    }

    /// <summary>These parameters, with those of <paramref name="others"/> where both name one.</summary>
    public ParameterSet With(IEnumerable<KeyValuePair<string, ParameterValue>> others) => Merge(others as ParameterSet ?? new ParameterSet(others));

    /// <summary>The names of those that are others there, or are in one of the two alone; in order.</summary>
    public IEnumerable<string> DifferentIn(ParameterSet other)
    {
        var (mine, theirs) = (0, 0);
        while (mine < Count || theirs < other.Count)
        {
            var order = Order(other, mine, theirs);
            if (order != 0) yield return order < 0 ? _names[mine] : other._names[theirs];
            else if (_values[mine] != other._values[theirs]) yield return _names[mine];
            if (order <= 0) mine++;
            if (order >= 0) theirs++;
        }
    }

    public bool Equals(ParameterSet? other) => other is not null && _names.SequenceEqual(other._names) && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    public override int GetHashCode() => this.Aggregate(Count, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public override string ToString() => string.Join(", ", this.Select(pair => $"{pair.Key}={pair.Value}"));

    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return KeyValuePair.Create(_names[index], _values[index]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal KeyValuePair<string, ParameterValue>? At(int index) => index < Count ? KeyValuePair.Create(_names[index], _values[index]) : null;

    private ParameterSet Merge(ParameterSet others)
    {
        var (names, values) = (new string[Count + others.Count], new ParameterValue[Count + others.Count]);
        var (mine, theirs, count) = (0, 0, 0);
        while (mine < Count || theirs < others.Count)
        {
            var order = Order(others, mine, theirs);
            (names[count], values[count]) = order < 0 ? (_names[mine], _values[mine]) : (others._names[theirs], others._values[theirs]);
            count++;
            if (order <= 0) mine++;
            if (order >= 0) theirs++;
        }
        return new ParameterSet(count == Count ? _names : names[..count], values[..count]);
    }

    // Which of the two comes first; one that is behind the end never does.
    private int Order(ParameterSet others, int mine, int theirs) => mine == theirs && ReferenceEquals(_names, others._names) ? 0
        : mine == Count ? 1 : theirs == others.Count ? -1 : string.CompareOrdinal(_names[mine], others._names[theirs]);
}

internal sealed class ParameterSetJson : JsonConverter<ParameterSet>
{
    private static readonly ParameterValueJson Values = new();

    // Trials are read by the thousand, and differ in a few values from the one before: they share what they have in common.
    [ThreadStatic]
    private static ParameterSet? _last;

    public override ParameterSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException($"Parameters can't be {reader.TokenType}.");
        var values = new List<KeyValuePair<string, ParameterValue>>(_last?.Count ?? 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var last = _last?.At(values.Count);
            var name = last is { Key: var known } && reader.ValueTextEquals(known) ? known : reader.GetString()!;
            reader.Read();
            var value = Values.Read(ref reader, typeof(ParameterValue), options);
            values.Add(KeyValuePair.Create(name, value == last?.Value ? last.Value.Value : value));
        }
        try
        {
            return _last = new ParameterSet(values);
        }
        catch (ArgumentException twice)
        {
            throw new JsonException(twice.Message, twice);
        }
    }

    public override void Write(Utf8JsonWriter writer, ParameterSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, item, options);
        }
        writer.WriteEndObject();
    }
}
