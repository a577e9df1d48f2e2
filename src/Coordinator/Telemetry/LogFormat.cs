using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Writes an event as one line: <c>time=… level=info event=trial_started sweep=quick …</c>, or the same as a JSON object.</summary>
/// <remarks>Whatever a text contains, it can't end the line, move the cursor or pretend to be a field of its own.</remarks>
internal static class LogFormat
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Logfmt(EventLine line)
    {
        var text = new StringBuilder(256);
        text.Append("time=").Append(Time(line.At)).Append(" level=").Append(LevelOf(line)).Append(" event=").Append(line.Name);
        foreach (var (name, value) in line.Fields)
        {
            text.Append(' ').Append(name).Append('=');
            if (value is string words) AppendText(text, words);
            else text.Append(CultureInfo.InvariantCulture, $"{value}");
        }
        return text.Append('\n').ToString();
    }

    public static string JsonLine(EventLine line)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", Time(line.At));
            json.WriteString("level", LevelOf(line));
            json.WriteString("event", line.Name);
            foreach (var (name, value) in line.Fields) Write(json, name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case int whole: json.WriteNumber(name, whole); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            // JSON has no number for these.
            case double number: json.WriteString(name, number.ToString(CultureInfo.InvariantCulture)); break;
            default: json.WriteString(name, (string)value); break;
        }
    }

    private static void AppendText(StringBuilder text, string words)
    {
        if (words.Length > 0 && words.All(IsPlain))
        {
            text.Append(words);
            return;
        }
        text.Append('"');
        foreach (var letter in words) AppendEscaped(text, letter);
        text.Append('"');
    }

    private static bool IsPlain(char letter) => letter is > ' ' and not ('"' or '=' or '\\') && !MustBeEscaped(letter);

    private static void AppendEscaped(StringBuilder text, char letter)
    {
        if (letter is '"' or '\\') text.Append('\\').Append(letter);
        else if (letter == '\n') text.Append("\\n");
        else if (MustBeEscaped(letter)) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        else text.Append(letter);
    }

    // Controls break lines and move cursors, format characters turn text around.
    private static bool MustBeEscaped(char letter) => char.GetUnicodeCategory(letter) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string LevelOf(EventLine line) => line.Level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => throw new InvalidOperationException($"No name of {line.Level}."),
    };
}
