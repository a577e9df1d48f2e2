using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary><c>/metrics</c> for Prometheus, <c>/health/live</c> and <c>/health/ready</c> for whoever restarts and routes.</summary>
internal static class TelemetryApi
{
    public const string MetricsPath = "/metrics";
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    // One format for all who ask: in the other, le="1" is le="1.0", and each counter has a second series.
    private const string TextFormat = "text/plain;version=0.0.4";

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes, MeterProvider meters, HealthCheckService health)
    {
        MapMetrics(routes, meters);
        routes.MapMethods(LivePath, Reads, Page(health, CoordinatorHealth.Live));
        routes.MapMethods(ReadyPath, Reads, Page(health, CoordinatorHealth.Ready));
    }

    public static void MapMetrics(IEndpointRouteBuilder routes, MeterProvider meters) =>
        routes.MapPrometheusScrapingEndpoint(MetricsPath, meters, page => page.Use(AskForText), optionsName: null).WithMetadata(new HttpMethodMetadata(Reads));

    private static Task AskForText(HttpContext context, RequestDelegate next)
    {
        context.Request.Headers.Accept = TextFormat;
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static RequestDelegate Page(HealthCheckService health, string tag)
    {
        var options = new HealthCheckOptions { Predicate = check => check.Tags.Contains(tag), ResponseWriter = WriteAsync };
        return new HealthCheckMiddleware(_ => Task.CompletedTask, Options.Create(options), health).InvokeAsync;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var findings = report.Entries.Select(entry => Find(entry.Key, entry.Value));
        context.Response.ContentType = "application/json; charset=utf-8";
        var page = new HealthPage(report.Status == HealthStatus.Healthy, [.. findings]);
        return context.Response.WriteAsync(JsonSerializer.Serialize(page, HealthJson.Default.HealthPage) + "\n", context.RequestAborted);
    }

    private static HealthFinding Find(string name, HealthReportEntry entry) =>
        new(name, entry.Status == HealthStatus.Healthy, entry.Description is { } fault ? Redaction.Of(fault) : null);
}

/// <summary>Some checks and whether all of them are in order.</summary>
internal sealed record HealthPage(bool Healthy, IReadOnlyList<HealthFinding> Checks);

/// <param name="Fault">Null where there is none.</param>
internal sealed record HealthFinding(string Name, bool Healthy, string? Fault);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthPage))]
internal sealed partial class HealthJson : JsonSerializerContext;
