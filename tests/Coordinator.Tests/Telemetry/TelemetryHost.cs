using System.Net;
using FashionSweep.Coordinator.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace FashionSweep.Coordinator.Tests.Telemetry;

/// <summary>A coordinator's telemetry as its host has it, with its pages on a port.</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly WebApplication _web;
    private readonly HttpClient _http = new();

    private TelemetryHost(IHost host, WebApplication web) => (_host, _web) = (host, web);

    public CoordinatorTelemetry Telemetry => _host.Services.GetRequiredService<CoordinatorTelemetry>();

    public CoordinatorMeter Meter => _host.Services.GetRequiredService<CoordinatorMeter>();

    /// <param name="meter">A further one, whose figures are on the page too.</param>
    public static async Task<TelemetryHost> StartAsync(
        Dictionary<string, string?>? settings = null, TextWriter? log = null, TelemetryProbes? probes = null, TimeProvider? time = null, string meter = "none",
        Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings ?? []).AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_TIMEOUT", "60000")]);
        builder.AddCoordinatorTelemetry(log ?? TextWriter.Null, Patience);
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddSingleton(probes ?? new TelemetryProbes(() => TimeSpan.Zero, () => 0, () => 0));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(meter));
        add?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        var started = new TelemetryHost(host, await ServeAsync(host.Services.GetRequiredService<CoordinatorTelemetry>()));
        started._http.BaseAddress = new Uri(started._web.Urls.Single());
        return started;
    }

    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string accepted = "*/*")
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accepted);
        return _http.SendAsync(request);
    }

    public async Task<(HttpStatusCode Code, string Body)> ReadAsync(string path)
    {
        using var response = await AskAsync(HttpMethod.Get, path);
        return (response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
    }

    public async Task<PrometheusPage> ReadMetricsAsync() => PrometheusPage.Parse((await ReadAsync("/metrics")).Body + "\n");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _web.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
    }

    private static async Task<WebApplication> ServeAsync(CoordinatorTelemetry telemetry)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        telemetry.Map(web);
        await web.StartAsync();
        return web;
    }
}
