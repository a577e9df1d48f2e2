using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Telemetry;

[Collection("telemetry")]
public sealed class CoordinatorTelemetryTests
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ACollectorGetsMetricsTracesAndLogs()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using (var host = await TelemetryHost.StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "our-sweeps",
        }))
            RunATrial(host.Telemetry);

        var traces = collector.Received("/v1/traces");
        foreach (var name in new[] { "trial", "attempt", "dispatch", "epoch", "checkpoint", "save", "fsweep.lease", "quick/1#1@node-1", "our-sweeps" })
            traces.ShouldContain(name);
        var metrics = collector.Received("/v1/metrics");
        foreach (var name in new[] { "fsweep.trials.finished", "fsweep.trial.duration", "fsweep.slots", "dotnet.gc.collections", "our-sweeps" })
            metrics.ShouldContain(name);
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
        var protocol = variable.Replace("ENDPOINT", "PROTOCOL", StringComparison.Ordinal);
        await using (var host = await TelemetryHost.StartAsync(new() { [variable] = collector.Address + path, [protocol] = "http/protobuf" }))
            RunATrial(host.Telemetry);

        foreach (var other in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" }) (collector.Received(other).Length > 0).ShouldBe(other == path);
    }

    [Fact]
    public async Task ACollectorThatIsNotThereHoldsNothingUp()
    {
        using var port = new HeldPort();
        using var output = new StringWriter();

        await using (var host = await TelemetryHost.StartAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port.Number}" }, output))
            for (var number = 1; number <= 1000; number++) RunATrial(host.Telemetry, number);

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
    [InlineData(
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://a:b@c",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'ftp://***@c' is no address, must be as http://localhost:4317")]
    [InlineData("FSWEEP_LOG", "loud", "FSWEEP_LOG: 'loud' is unknown, must be json, debug or json,debug")]
    public async Task AWrongVariableIsSaidAtTheStart(string variable, string value, string message) =>
        (await Should.ThrowAsync<FormatException>(() => TelemetryHost.StartAsync(new() { [variable] = value }))).Message.ShouldBe(message);

    [Fact]
    public async Task ThePageIsThereWithoutACollector()
    {
        await using var host = await TelemetryHost.StartAsync(new() { ["OTEL_SDK_DISABLED"] = "true", ["OTEL_METRICS_EXPORTER"] = "none" });

        (await host.ReadMetricsAsync()).Samples["fsweep_nodes"].ShouldBe(0);
    }

    [Fact]
    public async Task ASweepAmongManyHasFiguresOfItsOwn()
    {
        await using var host = await TelemetryHost.StartAsync();
        for (var number = 1; number <= 2000; number++) host.Telemetry.On(new SweepEvent.SweepStarted(At(0), $"s{number}", 4, 0));

        var samples = (await host.ReadMetricsAsync()).Samples;

        samples["fsweep_trials_finished_total{state=\"failed\",sweep=\"s2000\"}"].ShouldBe(0);
        samples["fsweep_sweep_planned{sweep=\"s2000\"}"].ShouldBe(4);
        samples.Keys.ShouldNotContain(series => series.Contains("overflow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheWholePageIsValidAndKnowsItsOwnFaults()
    {
        await using var host = await TelemetryHost.StartAsync();
        host.Telemetry.Resume(
            Sweep(), SweepTally.Of(Objective.Default, []),
            [new TrialRecord(Storage.Samples.Spec(2), TrialState.Running, 1, Node, At(0), null, null, null, null)]);
        RunATrial(host.Telemetry);
        host.Meter.Appended(3, TimeSpan.FromMilliseconds(2));

        var samples = (await host.ReadMetricsAsync()).Samples;

        samples["fsweep_trials_finished_total{state=\"completed\",sweep=\"quick\"}"].ShouldBe(1);
        samples["fsweep_trials_running{sweep=\"quick\"}"].ShouldBe(1);
        samples["fsweep_store_append_duration_seconds_count"].ShouldBe(1);
        samples["fsweep_build_info{version=\"0.1.0\"}"].ShouldBe(1);
        samples["fsweep_telemetry_faults_total"].ShouldBe(0);
        samples["fsweep_telemetry_unlogged_total"].ShouldBe(0);
        samples.Keys.ShouldContain("process_resident_memory_bytes");
    }

    [Fact]
    public void ALogThatCannotBeWrittenStopsNothing()
    {
        using var broken = new BrokenWriter();
        using var loggers = LoggerFactory.Create(logging => logging.AddEventLog(broken, new LogOptions(false, false)));
        var logger = loggers.CreateLogger(CoordinatorMeter.Name);
        using var queue = new EventQueue(happened => EventLog.Write(logger, happened), Patience);

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

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("the disk is full");
    }
}
