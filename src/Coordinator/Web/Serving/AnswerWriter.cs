using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>Writes a <see cref="PredictAnswer"/> without making one. Used again and again, by one request at a time.</summary>
/// <param name="model">What is served.</param>
internal sealed class AnswerWriter(string model)
{
    private static readonly JavaScriptEncoder Plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly JsonEncodedText[] Classes = [.. FashionMnist.Classes.Select(name => JsonEncodedText.Encode(name, Plain))];

    private static readonly JsonWriterOptions Options = new() { Encoder = Plain, SkipValidation = true };

    // Of the thread: an answer is whole before it does anything else.
    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly JsonEncodedText _model = JsonEncodedText.Encode(model, Plain);

    /// <param name="probabilities">[images, classes].</param>
    /// <returns>Valid until the next one is written.</returns>
    public ReadOnlyMemory<byte> Write(ReadOnlySpan<double> probabilities)
    {
        _text.ResetWrittenCount();
        var json = _json ??= new Utf8JsonWriter(_text, Options);
        json.Reset(_text);
        json.WriteStartObject();
        json.WriteString("model"u8, _model);
        json.WriteStartArray("predictions"u8);
        for (var first = 0; first < probabilities.Length; first += Classes.Length) WriteImage(json, probabilities.Slice(first, Classes.Length));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return _text.WrittenMemory;
    }

    private static void WriteImage(Utf8JsonWriter json, ReadOnlySpan<double> probabilities)
    {
        var predicted = 0;
        for (var label = 1; label < probabilities.Length; label++)
            if (probabilities[label] > probabilities[predicted]) predicted = label;
        json.WriteStartObject();
        json.WriteString("predicted"u8, Classes[predicted]);
        json.WriteNumber("confidence"u8, (float)probabilities[predicted]);
        json.WriteStartObject("probabilities"u8);
        for (var label = 0; label < probabilities.Length; label++) json.WriteNumber(Classes[label], (float)probabilities[label]);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
