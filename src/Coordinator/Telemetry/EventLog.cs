using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>How the log is written, as <c>FSWEEP_LOG</c> says it.</summary>
/// <param name="Json">A JSON object a line, for programs.</param>
/// <param name="Debug">Epochs and discarded checkpoints too.</param>
public sealed record LogOptions(bool Json, bool Debug)
{
    public const string Variable = "FSWEEP_LOG";

    /// <param name="text">As <c>json</c>, <c>debug</c> or <c>json,debug</c>; null or empty is neither.</param>
    /// <exception cref="FormatException">It is none of these; the message says what is allowed.</exception>
    public static LogOptions Parse(string? text)
    {
        var words = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.FirstOrDefault(word => word is not ("json" or "debug")) is { } unknown) throw new FormatException($"{Variable}: '{unknown}' is unknown, must be json, debug or json,debug");
        return new LogOptions(words.Contains("json"), words.Contains("debug"));
    }

    internal bool Wants(SweepEvent happened) => Debug || EventLine.LevelOf(happened) != EventLevel.Debug;
}

/// <summary>One line for each event: for the eye, and for what gathers logs.</summary>
public sealed class EventLog(TextWriter output, LogOptions options)
{
    public void On(SweepEvent happened)
    {
        if (!options.Wants(happened)) return;
        var line = EventLine.Of(happened);
        // In one piece: others write to the same place.
        output.Write(options.Json ? LogFormat.JsonLine(line) : LogFormat.Logfmt(line));
        output.Flush();
    }
}
