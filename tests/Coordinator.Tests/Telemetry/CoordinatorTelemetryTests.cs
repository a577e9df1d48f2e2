using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Telemetry;

[Collection("traces")]
public sealed class CoordinatorTelemetryTests
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TelemetryProbes Probes = new(() => TimeSpan.Zero, () => 0, () => 0);

    [Fact]
    public async Task ACollectorGetsMetricsTracesAndLogs()
    {
        await using var collector = await FakeCollector.StartAsync();
        using (var telemetry = Telemetry(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_SERVICE_NAME"] = "our-sweeps" }))
            RunATrial(telemetry);

        var traces = collector.Received("/v1/traces");
        foreach (var name in new[] { "trial", "attempt", "dispatch", "epoch", "checkpoint", "save", "fsweep.lease", "quick/1#1@node-1", "our-sweeps" }) traces.ShouldContain(name);
        var metrics = collector.Received("/v1/metrics");
        foreach (var name in new[] { "fsweep.trials.finished", "fsweep.trial.duration", "fsweep.slots", "dotnet.gc.collections", "our-sweeps" }) metrics.ShouldContain(name);
        var logs = collector.Received("/v1/logs");
        foreach (var name in new[] { "trial_finished", "quick/1#1@node-1", "our-sweeps" }) logs.ShouldContain(name);
        logs.ShouldNotContain("epoch_ended");
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "/v1/metrics")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "/v1/logs")]
    public async Task OneSignalCanBeSentAlone(string variable, string path)
    {
        await using var collector = await FakeCollector.StartAsync();
        using (var telemetry = Telemetry(new() { [variable] = collector.Address + path, [variable.Replace("ENDPOINT", "PROTOCOL", StringComparison.Ordinal)] = "http/protobuf" }))
            RunATrial(telemetry);

        foreach (var other in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" }) (collector.Received(other).Length > 0).ShouldBe(other == path);
    }

    [Fact]
    public void ACollectorThatIsNotThereHoldsNothingUp()
    {
        using var port = new HeldPort();
        using var output = new StringWriter();

        using (var telemetry = Telemetry(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port.Number}" }, output))
            for (var number = 1; number <= 1000; number++) RunATrial(telemetry, number);

        output.ToString().ShouldContain("trial=quick/1000 ");
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    public void NothingIsTracedWithoutACollector(string variable, string value)
    {
        var settings = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317", [variable] = value };

        new OtlpSettings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' is no address, must be as http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://a:b@c", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'ftp://***@c' is no address, must be as http://localhost:4317")]
    [InlineData("FSWEEP_LOG", "loud", "FSWEEP_LOG: 'loud' is unknown, must be json, debug or json,debug")]
    public void AWrongVariableIsSaidAtTheStart(string variable, string value, string message) =>
        Should.Throw<FormatException>(() => Telemetry(new() { [variable] = value })).Message.ShouldBe(message);

    [Fact]
    public async Task TheWholePageIsValidAndKnowsItsOwnFaults()
    {
        using var telemetry = Telemetry([]);
        telemetry.Resume(Sweep(), SweepTally.Of(Objective.Default, []), [new TrialRecord(Storage.Samples.Spec(2), TrialState.Running, 1, Node, At(0), null, null, null, null)]);
        RunATrial(telemetry);
        telemetry.Meter.Appended(3, TimeSpan.FromMilliseconds(2));

        var samples = PrometheusPage.Parse(await FetchAsync(telemetry)).Samples;

        samples["fsweep_trials_finished_total{sweep=\"quick\",state=\"completed\"}"].ShouldBe(1);
        samples["fsweep_trials_running{sweep=\"quick\"}"].ShouldBe(1);
        samples["fsweep_store_append_duration_seconds_count"].ShouldBe(1);
        samples["fsweep_build_info{version=\"0.1.0\"}"].ShouldBe(1);
        samples["fsweep_telemetry_faults_total"].ShouldBe(0);
        samples["fsweep_telemetry_unlogged_total"].ShouldBe(0);
        samples.Keys.ShouldContain("process_cpu_seconds_total");
    }

    [Fact]
    public void ALogThatCannotBeWrittenStopsNothing()
    {
        using var broken = new BrokenWriter();
        using var queue = new EventQueue(new EventLog(broken, new LogOptions(false, false)).On, Patience);

        queue.On(Started(Lease(1)));
        queue.Dispose();

        queue.Missed.ShouldBe(1);
    }

    [Fact]
    public void ALogThatStandsStillMissesWhatItHasNoRoomFor()
    {
        using var released = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var seen = 0;
        using var queue = new EventQueue(_ =>
        {
            held.Set();
            released.Wait();
            seen++;
        }, Patience);
        var started = Started(Lease(1));
        queue.On(started);
        held.Wait();

        for (var sent = 0; sent < EventQueue.Capacity + 5; sent++) queue.On(started);
        queue.Missed.ShouldBe(5);

        released.Set();
        queue.Dispose();
        seen.ShouldBe(EventQueue.Capacity + 1);
    }

    private static void RunATrial(CoordinatorTelemetry telemetry, int number = 1)
    {
        var lease = Lease(number);
        foreach (var happened in new[] { Started(lease), Ended(lease, Epoch(1), second: 2), Completed(lease, second: 3) }) telemetry.On(happened);
    }

    private static CoordinatorTelemetry Telemetry(Dictionary<string, string?> settings, TextWriter? output = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Append(KeyValuePair.Create("OTEL_EXPORTER_OTLP_TIMEOUT", (string?)"60000"))).Build(), Probes, [], output ?? TextWriter.Null, TimeProvider.System, Patience);

    private static async Task<string> FetchAsync(CoordinatorTelemetry telemetry)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        await using var web = builder.Build();
        telemetry.Map(web);
        await web.StartAsync();
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(web.Urls.Single() + "/metrics"));
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("the disk is full");
    }
}
