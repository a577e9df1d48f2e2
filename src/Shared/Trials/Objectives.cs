using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>Some objectives in the order of a sweep file. Immutable, and equal by what is in it.</summary>
[JsonConverter(typeof(ObjectivesJson))]
public sealed class Objectives(IEnumerable<Objective> objectives) : IReadOnlyList<Objective>, IEquatable<Objectives>
{
    private readonly Objective[] _all = [.. objectives];

    public static Objectives None { get; } = new([]);

    public int Count => _all.Length;

    public Objective this[int index] => _all[index];

    /// <summary>What a result comes to by each: the lower the better.</summary>
    public double[] LossesOf(TrialResult result) => Array.ConvertAll(_all, objective => objective.LossOf(result));

    public bool Equals(Objectives? other) => other is not null && _all.SequenceEqual(other._all);

    public override bool Equals(object? obj) => Equals(obj as Objectives);

    public override int GetHashCode() => _all.Aggregate(Count, (hash, objective) => HashCode.Combine(hash, objective));

    public IEnumerator<Objective> GetEnumerator() => _all.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal sealed class ObjectivesJson : JsonConverter<Objectives>
{
    public override Objectives Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Objective[]>(ref reader, options) ?? throw new JsonException("Objectives can't be null."));

    public override void Write(Utf8JsonWriter writer, Objectives value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);
}
