using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>A trial's short and stable name, such as <c>quickstart/17</c>: its sweep and its number in it, from 1.</summary>
[JsonConverter(typeof(TrialIdJson))]
public readonly record struct TrialId(string Sweep, int Number)
{
    /// <summary>Of its checkpoint where that stands by itself, as <c>quickstart-17.safetensors</c>.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Sweep}-{Number}.safetensors");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sweep}/{Number}");

    public static bool TryParse(string text, out TrialId id)
    {
        var slash = text.LastIndexOf('/');
        var valid = int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && slash > 0 && number >= 1;
        id = valid ? new TrialId(text[..slash], number) : default;
        return valid;
    }
}

internal sealed class TrialIdJson : JsonConverter<TrialId>
{
    public override TrialId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TrialId.TryParse(reader.GetString() ?? "", out var id) ? id : throw new JsonException("A trial's name is SWEEP/NUMBER.");

    public override void Write(Utf8JsonWriter writer, TrialId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
