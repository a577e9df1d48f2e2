using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>Parameters by name, in ordinal order of the names, so that equal sets have the same JSON. Immutable.</summary>
[JsonConverter(typeof(ParameterSetJson))]
public sealed class ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<ParameterSet>
{
    private readonly SortedDictionary<string, ParameterValue> _values = new(new Dictionary<string, ParameterValue>(values), StringComparer.Ordinal);

    public static ParameterSet Empty { get; } = new([]);

    public int Count => _values.Count;

    public ParameterValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>These parameters, with those of <paramref name="others"/> where both name one.</summary>
    public ParameterSet With(IEnumerable<KeyValuePair<string, ParameterValue>> others)
    {
        var merged = new Dictionary<string, ParameterValue>(_values);
        foreach (var (name, value) in others) merged[name] = value;
        return new ParameterSet(merged);
    }

    public bool Equals(ParameterSet? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    public override int GetHashCode() => _values.Aggregate(_values.Count, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key}={pair.Value}"));

    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal sealed class ParameterSetJson : JsonConverter<ParameterSet>
{
    public override ParameterSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Dictionary<string, ParameterValue>>(ref reader, options) ?? throw new JsonException("Parameters are missing."));

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
