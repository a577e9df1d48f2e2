using FashionSweep.Coordinator.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Sends metrics, traces and logs to a collector, from threads of its own. What it does not take in time is dropped.</summary>
internal sealed class OtlpExport : IDisposable
{
    private readonly OpenTelemetrySdk _sdk;
    private readonly ILogger? _logger;
    private readonly int _patienceMilliseconds;

    private OtlpExport(OpenTelemetrySdk sdk, bool logs, TimeSpan patience)
    {
        (_sdk, _patienceMilliseconds) = (sdk, (int)patience.TotalMilliseconds);
        _logger = logs ? sdk.GetLoggerFactory().CreateLogger(CoordinatorMeter.Name) : null;
    }

    /// <returns>Null where no collector is named.</returns>
    /// <param name="debug">Log epochs too.</param>
    /// <param name="patience">How long <see cref="Dispose"/> waits for the collector.</param>
    /// <exception cref="FormatException">It is named wrongly.</exception>
    public static OtlpExport? Start(IConfiguration settings, bool debug, TimeSpan patience)
    {
        var asked = new OtlpSettings(settings);
        if (!asked.Any) return null;
        var sdk = OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddSingleton(settings).AddLogging(logging => logging.SetMinimumLevel(debug ? LogLevel.Debug : LogLevel.Information));
            builder.ConfigureResource(Describe);
            if (asked.Metrics) builder.WithMetrics(metrics => metrics.AddMeter(CoordinatorMeter.Name, MetricsPage.RuntimeMeter).AddOtlpExporter(asked.Of("METRICS")));
            if (asked.Traces) builder.WithTracing(traces => traces.AddSource(SweepTraces.Name).AddOtlpExporter(asked.Of("TRACES")));
            if (asked.Logs) builder.WithLogging(logs => logs.AddOtlpExporter(asked.Of("LOGS")), options => options.IncludeFormattedMessage = true);
        });
        return new OtlpExport(sdk, asked.Logs, patience);
    }

    /// <summary>Logs an event.</summary>
    public void On(SweepEvent happened)
    {
        var level = LevelOf(EventLine.LevelOf(happened));
        if (_logger is null || !_logger.IsEnabled(level)) return;
        var line = EventLine.Of(happened);
        _logger.Log(level, new EventId(0, line.Name), line.Fields, null, (_, _) => line.Name);
    }

    /// <summary>Sends what is left, unless that takes too long.</summary>
    public void Dispose()
    {
        Task.WaitAll(
            Task.Run(() => _sdk.MeterProvider.Shutdown(_patienceMilliseconds)),
            Task.Run(() => _sdk.TracerProvider.Shutdown(_patienceMilliseconds)),
            Task.Run(() => _sdk.LoggerProvider.Shutdown(_patienceMilliseconds)));
        _sdk.Dispose();
    }

    // What the environment says of the service comes last: it wins.
    private static void Describe(ResourceBuilder resource) => resource.Clear()
        .AddService("fsweep-coordinator", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version!.ToString(3), serviceInstanceId: Environment.MachineName)
        .AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static LogLevel LevelOf(EventLevel level) => level switch
    {
        EventLevel.Debug => LogLevel.Debug,
        EventLevel.Info => LogLevel.Information,
        EventLevel.Warn => LogLevel.Warning,
        EventLevel.Error => LogLevel.Error,
        _ => throw new InvalidOperationException($"No level for {level}."),
    };
}
