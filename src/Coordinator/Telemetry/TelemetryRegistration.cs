using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Makes a host's telemetry that of a coordinator.</summary>
public static class TelemetryRegistration
{
    // Of a figure by sweep and state: those of 2,000 sweeps, told apart as long as the coordinator lives, as for figures by sweep alone.
    private const int MostSeries = 8000;

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    /// <summary>Registers <see cref="CoordinatorTelemetry"/> and all that it passes on to, as the host's settings say.</summary>
    /// <remarks>These are <c>FSWEEP_LOG</c> and the standard <c>OTEL_*</c>. Asks for a <see cref="TimeProvider"/> and <see cref="TelemetryProbes"/>.</remarks>
    /// <param name="log">Gets a line for each event; is not closed.</param>
    /// <exception cref="FormatException">A variable has a value that is not allowed; the message says which.</exception>
    public static IHostApplicationBuilder AddCoordinatorTelemetry(this IHostApplicationBuilder builder, TextWriter log) =>
        builder.AddCoordinatorTelemetry(log, LastPatience);

    /// <param name="patience">How long each part has to pass on the last of it.</param>
    internal static IHostApplicationBuilder AddCoordinatorTelemetry(this IHostApplicationBuilder builder, TextWriter log, TimeSpan patience)
    {
        var options = LogOptions.Parse(builder.Configuration[LogOptions.Variable]);
        var collector = new OtlpSettings(builder.Configuration);
        // Heeded above. For the library it would take Prometheus' page away too.
        builder.Configuration[OtlpSettings.Disabled] = "false";
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics => AddMetrics(metrics, collector));
        if (collector.Traces) telemetry.WithTracing(traces => traces.AddSource(SweepTraces.Name).AddOtlpExporter(collector.Of("TRACES")));
        if (collector.Logs) telemetry.WithLogging(logs => logs.AddOtlpExporter(collector.Of("LOGS")), lines => lines.IncludeFormattedMessage = true);
        // Behind the collector: this may be a disk that is full.
        builder.Logging.AddEventLog(log, options);
        builder.Services.AddLiveness()
            .AddSingleton<CoordinatorMeter>()
            .AddSingleton<SweepTraces>()
            .AddSingleton(services => new CoordinatorTelemetry(services, patience));
        return builder;
    }

    private static void AddMetrics(MeterProviderBuilder metrics, OtlpSettings collector)
    {
        metrics.AddPageOf(CoordinatorMeter.Name).AddView(instrument => instrument switch
        {
            { Name: "fsweep.trials.finished" or "fsweep.attempts.returned" } => new MetricStreamConfiguration { CardinalityLimit = MostSeries },
            _ => null,
        });
        if (collector.Metrics) metrics.AddOtlpExporter(collector.Of("METRICS"));
    }

    // What the environment says of the service comes last: it wins.
    private static void Describe(ResourceBuilder resource) => resource.Clear()
        .AddService("fsweep-coordinator", serviceVersion: CoordinatorMeter.Version, serviceInstanceId: Environment.MachineName)
        .AddTelemetrySdk().AddEnvironmentVariableDetector();
}
