using System.Diagnostics.Metrics;
using System.Net;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Tests.Actors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FashionSweep.Coordinator.Tests.Telemetry;

public sealed class TelemetryApiTests : IAsyncLifetime
{
    private readonly Meter _meter = new("api");
    private readonly ManualTime _time = new();
    private readonly MetricsPage _metrics;
    private readonly HttpClient _http = new();
    private WebApplication _web = null!;
    private TimeSpan _oldest;
    private Func<string?> _store = () => null;
    private Func<string?> _broker = () => null;

    public TelemetryApiTests() => _metrics = new MetricsPage(_meter);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _web = builder.Build();
        var ready = new HealthPage([new HealthCheck("store", () => _store()), new HealthCheck("broker", () => _broker())], _time);
        TelemetryApi.Map(_web, _metrics, new HealthPage([HealthCheck.OfMailbox(() => _oldest)], _time), ready);
        await _web.StartAsync();
        _http.BaseAddress = new Uri(_web.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _web.DisposeAsync();
        _metrics.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task MetricsAreServedAsPrometheusReadsThem()
    {
        _meter.CreateObservableGauge("heat", () => 3);

        using var response = await _http.GetAsync(Path("/metrics"));

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        PrometheusPage.Parse(await response.Content.ReadAsStringAsync()).Samples["heat"].ShouldBe(3);
    }

    [Fact]
    public async Task AMailboxThatMovesIsAlive()
    {
        _oldest = TimeSpan.FromSeconds(29);

        (await ReadAsync("/health/live")).ShouldBe((HttpStatusCode.OK, """{"healthy":true,"checks":[{"name":"mailbox","healthy":true}]}"""));
    }

    [Fact]
    public async Task AMailboxThatStandsStillIsNotAlive()
    {
        _oldest = TimeSpan.FromSeconds(31.25);

        (await ReadAsync("/health/live")).ShouldBe((HttpStatusCode.ServiceUnavailable,
            """{"healthy":false,"checks":[{"name":"mailbox","healthy":false,"fault":"a message has waited for 31.3 s, must be at most 30"}]}"""));
    }

    [Fact]
    public async Task EachCheckSaysWhatIsWrong()
    {
        _broker = () => "amqp://fs:secret@broker:5672 refuses connections";

        (await ReadAsync("/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable,
            """{"healthy":false,"checks":[{"name":"store","healthy":true},{"name":"broker","healthy":false,"fault":"amqp://***@broker:5672 refuses connections"}]}"""));
    }

    [Fact]
    public async Task ACheckThatThrowsIsAFault()
    {
        _store = () => throw new IOException("the disk is full");

        (await ReadAsync("/health/ready")).Body.ShouldContain("""{"name":"store","healthy":false,"fault":"the disk is full"}""");
    }

    [Fact]
    public async Task ACheckThatHangsIsAFaultAndIsAskedOnce()
    {
        using var released = new ManualResetEventSlim();
        var (asked, times) = (new TaskCompletionSource(), 0);
        var probe = new HealthProbe(new HealthCheck("store", () =>
        {
            Interlocked.Increment(ref times);
            asked.TrySetResult();
            released.Wait();
            return null;
        }), _time);

        var answers = new[] { probe.AskAsync(), probe.AskAsync() };
        await asked.Task;
        _time.Advance(HealthProbe.Patience);

        foreach (var finding in await Task.WhenAll(answers)) finding.ShouldBe(new HealthFinding("store", false, "no answer within 2 s"));
        times.ShouldBe(1);
        released.Set();
    }

    [Fact]
    public async Task AHeadIsAnsweredWithoutABody()
    {
        using var response = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health/ready"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    private async Task<(HttpStatusCode Code, string Body)> ReadAsync(string path)
    {
        using var response = await _http.GetAsync(Path(path));
        return (response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
