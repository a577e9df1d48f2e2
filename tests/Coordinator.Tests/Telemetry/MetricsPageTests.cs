using System.Diagnostics.Metrics;
using FashionSweep.Coordinator.Tests.Actors;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Telemetry;

// The page has all meters of a name, those of other tests in this process too.
[Collection("telemetry")]
public sealed class MetricsPageTests : IAsyncLifetime
{
    private readonly Meter _meter = new("tests");
    private readonly ManualTime _time = new();
    private TelemetryHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TelemetryHost.StartAsync(meter: _meter.Name, time: _time);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _meter.Dispose();
    }

    [Fact]
    public async Task ACounterSumsByItsLabels()
    {
        var counter = _meter.CreateCounter<long>("made.things", "{thing}", "Things made.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(5, new KeyValuePair<string, object?>("kind", "b"));

        var page = await ReadAsync();

        page.Types["made_things_total"].ShouldBe("counter");
        page.Helps["made_things_total"].ShouldBe("Things made.");
        page.Samples["made_things_total{kind=\"a\"}"].ShouldBe(5);
        page.Samples["made_things_total{kind=\"b\"}"].ShouldBe(5);
    }

    [Fact]
    public async Task AHistogramCountsWhatIsAtMostEachBound()
    {
        var histogram = _meter.CreateHistogram("wait", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var wait in new[] { 0.25, 0.5, 0.75, 8 }) histogram.Record(wait);

        var page = await ReadAsync();

        page.Types["wait_seconds"].ShouldBe("histogram");
        page.Samples["wait_seconds_bucket{le=\"0.5\"}"].ShouldBe(2);
        page.Samples["wait_seconds_bucket{le=\"1\"}"].ShouldBe(3);
        page.Samples["wait_seconds_bucket{le=\"+Inf\"}"].ShouldBe(4);
        page.Samples["wait_seconds_sum"].ShouldBe(9.5);
        page.Samples["wait_seconds_count"].ShouldBe(4);
    }

    [Fact]
    public async Task WhatIsNoLongerObservedIsNoLongerShown()
    {
        var names = new List<string> { "a", "b" };
        _meter.CreateObservableGauge("heat", () => names.Select(name => new Measurement<long>(1, new KeyValuePair<string, object?>("oven", name))));
        (await ReadAsync()).Samples.Keys.ShouldContain("heat{oven=\"a\"}");

        names.Remove("a");

        (await ReadAsync()).Samples.Keys.Where(sample => sample.StartsWith("heat", StringComparison.Ordinal)).ShouldBe(["heat{oven=\"b\"}"]);
    }

    [Fact]
    public async Task AFigureThatCannotBeHadLeavesTheOthersThere()
    {
        _meter.CreateObservableGauge("broken", long () => throw new InvalidOperationException("no figure"));
        _meter.CreateObservableGauge("whole", () => 3);

        (await ReadAsync()).Samples["whole"].ShouldBe(3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e-300)]
    [InlineData(0.1 + 0.2)]
    [InlineData(-12345678901234567890.0)]
    public async Task ANumberIsReadBackToTheBit(double number)
    {
        _meter.CreateObservableGauge("number", () => number);

        (await ReadAsync()).Samples["number"].ShouldBe(number);
    }

    [Fact]
    public void AnyTextOfALabelIsReadBack()
    {
        var label = "";
        _meter.CreateObservableGauge("gauge", () => new Measurement<int>(1, new KeyValuePair<string, object?>("label", label)));

        Prop.ForAll<NonNull<string>>(text =>
        {
            label = text.Get;
            ReadAsync().GetAwaiter().GetResult().Samples.Keys.ShouldContain($"gauge{{label=\"{text.Get}\"}}");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task TheRuntimeAndTheProcessAreThere()
    {
        var samples = (await ReadAsync()).Samples;

        samples["process_start_time_seconds"].ShouldBe(_time.GetUtcNow().ToUnixTimeSeconds());
        samples["process_cpu_seconds_total{cpu_mode=\"user\"}"].ShouldBeGreaterThan(0);
        samples["process_resident_memory_bytes"].ShouldBeGreaterThan(0);
        samples["process_open_fds"].ShouldBeGreaterThan(0);
        samples.Keys.ShouldContain("dotnet_process_memory_working_set_bytes");
        samples.Keys.ShouldContain("dotnet_gc_collections_total{gc_heap_generation=\"gen0\"}");
        samples.Keys.ShouldContain("dotnet_thread_pool_work_item_count_total");
    }

    [Fact]
    public async Task AnotherMeterIsLeftOut()
    {
        using var other = new Meter("others");
        other.CreateObservableGauge("stranger", () => 1);

        (await ReadAsync()).Samples.Keys.ShouldNotContain("stranger");
    }

    [Fact]
    public async Task NothingIsAddedToWhatIsMeasured()
    {
        _meter.CreateObservableGauge("heat", () => 3);

        var names = (await ReadAsync()).Samples.Keys;

        names.ShouldContain("heat");
        names.ShouldNotContain(series => series.Contains("otel_", StringComparison.Ordinal) || series.StartsWith("target_info", StringComparison.Ordinal));
    }

    private Task<PrometheusPage> ReadAsync() => _host.ReadMetricsAsync();
}
