using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>One value of one parameter. Equal values print alike and have the same JSON.</summary>
[JsonConverter(typeof(ParameterValueJson))]
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    public sealed record Text(string Value) : ParameterValue
    {
        public override string ToString() => Value;
    }

    public sealed record Whole(long Value) : ParameterValue
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number that is not whole by its kind; <c>1.0</c> stays a Real.</summary>
    public sealed record Real(double Value) : ParameterValue
    {
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    public sealed record Flag(bool Value) : ParameterValue
    {
        public override string ToString() => Value ? "true" : "false";
    }

    public sealed record List(IReadOnlyList<ParameterValue> Items) : ParameterValue
    {
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);

        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    public static implicit operator ParameterValue(string value) => new Text(value);

    public static implicit operator ParameterValue(long value) => new Whole(value);

    public static implicit operator ParameterValue(double value) => new Real(value);

    public static implicit operator ParameterValue(bool value) => new Flag(value);
}

internal sealed class ParameterValueJson : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new ParameterValue.Text(reader.GetString()!),
        JsonTokenType.True => new ParameterValue.Flag(true),
        JsonTokenType.False => new ParameterValue.Flag(false),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader, options),
        var other => throw new JsonException($"A parameter's value can't be {other}."),
    };

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case ParameterValue.Text text: writer.WriteStringValue(text.Value); break;
            case ParameterValue.Whole whole: writer.WriteNumberValue(whole.Value); break;
            case ParameterValue.Flag flag: writer.WriteBooleanValue(flag.Value); break;
            case ParameterValue.Real real: WriteReal(writer, real.Value); break;
            case ParameterValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item, options);
                writer.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"No JSON for {value.GetType().Name}.");
        }
    }

    // 1.0 is written as 1.0, not 1, so that it comes back as a Real.
    private static void WriteReal(Utf8JsonWriter writer, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    private static ParameterValue ReadNumber(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var whole) ? new ParameterValue.Whole(whole) : new ParameterValue.Real(reader.GetDouble());

    private ParameterValue.List ReadList(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var items = new List<ParameterValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, typeof(ParameterValue), options));
        return new ParameterValue.List(items);
    }
}
