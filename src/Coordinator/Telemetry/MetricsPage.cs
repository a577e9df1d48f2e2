using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>The figures of one meter, of the runtime and of this process, as <c>/metrics</c> for Prometheus, until it is disposed of.</summary>
public sealed class MetricsPage(string meter) : IDisposable
{
    private readonly MeterProvider _meters = Sdk.CreateMeterProviderBuilder().AddPageOf(meter).Build();

    public void Map(IEndpointRouteBuilder routes) => TelemetryApi.MapMetrics(routes, _meters);

    public void Dispose() => _meters.Dispose();
}

internal static class PagedMetrics
{
    private const string ProcessMeter = "OpenTelemetry.Instrumentation.Process";

    /// <summary>Shows a meter's figures on Prometheus' page, with those of the runtime and the process.</summary>
    public static MeterProviderBuilder AddPageOf(this MeterProviderBuilder metrics, string meter) =>
        metrics.AddMeter(meter).AddRuntimeInstrumentation().AddProcessInstrumentation().AddView(instrument => instrument switch
        {
            // As Prometheus' own client libraries call them, so that existing dashboards show them.
            { Meter.Name: ProcessMeter, Name: "process.cpu.time" } => new MetricStreamConfiguration { Name = "process.cpu" },
            { Meter.Name: ProcessMeter, Name: "process.memory.usage" } => new MetricStreamConfiguration { Name = "process.resident_memory" },
            { Meter.Name: ProcessMeter, Name: "process.unix.file_descriptor.count" } => new MetricStreamConfiguration { Name = "process.open_fds" },
            _ => null,
        }).AddPrometheusExporter(page => (page.ScopeInfoEnabled, page.TargetInfoEnabled, page.ScrapeResponseCacheDurationMilliseconds) = (false, false, 0));
}
