using System.Net;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Tests.Actors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FashionSweep.Coordinator.Tests.Telemetry;

[Collection("telemetry")]
public sealed class TelemetryApiTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TelemetryHost _host = null!;
    private TimeSpan _oldest;
    private Func<string?> _store = () => null;
    private Func<string?> _other = () => null;

    public async ValueTask InitializeAsync() => _host = await TelemetryHost.StartAsync(
        probes: new TelemetryProbes(() => _oldest, () => 0, () => 0), time: _time,
        add: services => services.AddReadiness("store", () => _store()).AddReadiness("other", () => _other()));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3")]
    public async Task MetricsAreServedInOneFormatToAll(string accepted)
    {
        using var response = await _host.AskAsync(HttpMethod.Get, "/metrics", accepted);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        PrometheusPage.Parse(await response.Content.ReadAsStringAsync()).Samples["fsweep_nodes"].ShouldBe(0);
    }

    [Fact]
    public async Task AMailboxThatMovesIsAlive()
    {
        _oldest = TimeSpan.FromSeconds(29);

        (await _host.ReadAsync("/health/live")).ShouldBe((HttpStatusCode.OK, """{"healthy":true,"checks":[{"name":"mailbox","healthy":true}]}"""));
    }

    [Fact]
    public async Task AMailboxThatStandsStillIsNotAlive()
    {
        _oldest = TimeSpan.FromSeconds(31.25);

        (await _host.ReadAsync("/health/live")).ShouldBe((HttpStatusCode.ServiceUnavailable,
            """{"healthy":false,"checks":[{"name":"mailbox","healthy":false,"fault":"a message has waited for 31.3 s, must be at most 30"}]}"""));
    }

    [Fact]
    public async Task EachCheckSaysWhatIsWrong()
    {
        _other = () => "https://fs:secret@other:5672 refuses connections";

        (await _host.ReadAsync("/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable,
            """{"healthy":false,"checks":[{"name":"store","healthy":true},"""
            + """{"name":"other","healthy":false,"fault":"https://***@other:5672 refuses connections"}]}"""));
    }

    [Fact]
    public async Task ACheckThatThrowsIsAFault()
    {
        _store = () => throw new IOException("the disk is full");

        (await _host.ReadAsync("/health/ready")).Body.ShouldContain("""{"name":"store","healthy":false,"fault":"the disk is full"}""");
    }

    [Fact]
    public async Task ACheckThatHangsIsAFaultAndIsAskedOnce()
    {
        using var released = new ManualResetEventSlim();
        var (asked, times) = (new TaskCompletionSource(), 0);
        var probe = new HealthProbe(() =>
        {
            Interlocked.Increment(ref times);
            asked.TrySetResult();
            released.Wait();
            return null;
        }, _time);

        var answers = new[] { probe.CheckHealthAsync(new HealthCheckContext()), probe.CheckHealthAsync(new HealthCheckContext()) };
        await asked.Task;
        _time.Advance(HealthProbe.Patience);

        foreach (var found in await Task.WhenAll(answers)) found.ShouldBe(HealthCheckResult.Unhealthy("no answer within 2 s"));
        times.ShouldBe(1);
        released.Set();
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task AHeadIsAnsweredWithoutABody(string path)
    {
        using var response = await _host.AskAsync(HttpMethod.Head, path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task NothingIsPosted(string path)
    {
        using var response = await _host.AskAsync(HttpMethod.Post, path);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
