using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary><c>/metrics</c> for Prometheus, <c>/health/live</c> and <c>/health/ready</c> for whoever restarts and routes.</summary>
internal static class TelemetryApi
{
    public const string MetricsPath = "/metrics";
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes, MetricsPage metrics, HealthPage live, HealthPage ready)
    {
        routes.MapMethods(MetricsPath, Reads, context => WriteAsync(context, PrometheusText.ContentType, metrics.Render()));
        routes.MapMethods(LivePath, Reads, context => WriteAsync(context, live));
        routes.MapMethods(ReadyPath, Reads, context => WriteAsync(context, ready));
    }

    private static async Task WriteAsync(HttpContext context, HealthPage page)
    {
        var report = await page.AskAsync();
        context.Response.StatusCode = report.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await WriteAsync(context, "application/json; charset=utf-8", JsonSerializer.Serialize(report, HealthJson.Default.HealthReport) + "\n");
    }

    private static Task WriteAsync(HttpContext context, string type, string body)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
