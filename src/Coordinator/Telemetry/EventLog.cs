using FashionSweep.Coordinator.Records;
using Microsoft.Extensions.Logging;

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
        if (words.FirstOrDefault(word => word is not ("json" or "debug")) is { } unknown)
            throw new FormatException($"{Variable}: '{unknown}' is unknown, must be json, debug or json,debug");
        return new LogOptions(words.Contains("json"), words.Contains("debug"));
    }
}

/// <summary>One line for each event: for the eye, and for what gathers logs. Takes as long as its output does.</summary>
internal sealed class EventLog(TextWriter output, bool json) : ILoggerProvider, ILogger
{
    /// <summary>Logs an event for whoever wants those of its level.</summary>
    public static void Write(ILogger logger, SweepEvent happened)
    {
        if (!logger.IsEnabled(EventLine.LevelOf(happened))) return;
        var line = EventLine.Of(happened);
        logger.Log(line.Level, new EventId(0, line.Name), line, null, static (line, _) => line.Name);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is not EventLine line) return;
        // In one piece: others write to the same place.
        output.Write(json ? LogFormat.JsonLine(line) : LogFormat.Logfmt(line));
        output.Flush();
    }

    public void Dispose()
    {
        // The output is others' too.
    }
}

internal static class EventLogging
{
    /// <summary>Events alone are logged: what libraries have to say is not for the operator.</summary>
    /// <param name="output">Gets a line for each; is not closed.</param>
    public static ILoggingBuilder AddEventLog(this ILoggingBuilder logging, TextWriter output, LogOptions options)
    {
        var least = options.Debug ? LogLevel.Debug : LogLevel.Information;
        return logging.AddFilter((category, level) => category == CoordinatorMeter.Name && level >= least).AddProvider(new EventLog(output, options.Json));
    }
}
