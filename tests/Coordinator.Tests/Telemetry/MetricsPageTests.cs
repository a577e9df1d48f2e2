using System.Diagnostics.Metrics;
using FashionSweep.Coordinator.Telemetry;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Telemetry;

public sealed class MetricsPageTests : IDisposable
{
    private readonly Meter _meter = new("tests");
    private readonly MetricsPage _page;

    public MetricsPageTests() => _page = new MetricsPage(_meter);

    public void Dispose()
    {
        _page.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void ACounterSumsByItsLabels()
    {
        var counter = _meter.CreateCounter<long>("made.things", "{thing}", "Things made.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(5, new KeyValuePair<string, object?>("kind", "b"));

        var page = Read();

        page.Types["made_things_total"].ShouldBe("counter");
        page.Helps["made_things_total"].ShouldBe("Things made.");
        page.Samples["made_things_total{kind=\"a\"}"].ShouldBe(5);
        page.Samples["made_things_total{kind=\"b\"}"].ShouldBe(5);
    }

    [Fact]
    public void AHistogramCountsWhatIsAtMostEachBound()
    {
        var histogram = _meter.CreateHistogram("wait", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var wait in new[] { 0.25, 0.5, 0.75, 8 }) histogram.Record(wait);

        var page = Read();

        page.Types["wait_seconds"].ShouldBe("histogram");
        page.Samples["wait_seconds_bucket{le=\"0.5\"}"].ShouldBe(2);
        page.Samples["wait_seconds_bucket{le=\"1\"}"].ShouldBe(3);
        page.Samples["wait_seconds_bucket{le=\"+Inf\"}"].ShouldBe(4);
        page.Samples["wait_seconds_sum"].ShouldBe(9.5);
        page.Samples["wait_seconds_count"].ShouldBe(4);
    }

    [Fact]
    public void WhatIsNoLongerObservedIsNoLongerShown()
    {
        var names = new List<string> { "a", "b" };
        _meter.CreateObservableGauge("heat", () => names.Select(name => new Measurement<long>(1, new KeyValuePair<string, object?>("oven", name))));
        Read().Samples.Keys.ShouldContain("heat{oven=\"a\"}");

        names.Remove("a");

        Read().Samples.Keys.Where(sample => sample.StartsWith("heat", StringComparison.Ordinal)).ShouldBe(["heat{oven=\"b\"}"]);
    }

    [Fact]
    public void AFigureThatCannotBeHadLeavesTheOthersThere()
    {
        _meter.CreateObservableGauge("broken", long () => throw new InvalidOperationException("no figure"));
        _meter.CreateObservableGauge("whole", () => 3);

        Read().Samples["whole"].ShouldBe(3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e-300)]
    [InlineData(0.1 + 0.2)]
    [InlineData(-12345678901234567890.0)]
    public void ANumberIsReadBackToTheBit(double number)
    {
        _meter.CreateObservableGauge("number", () => number);

        Read().Samples["number"].ShouldBe(number);
    }

    [Fact]
    public void AnyTextOfALabelIsReadBack() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        using var meter = new Meter("labels");
        using var page = new MetricsPage(meter);
        meter.CreateObservableGauge("gauge", () => new Measurement<int>(1, new KeyValuePair<string, object?>("label", text.Get)), null, text.Get);
        PrometheusPage.Parse(page.Render()).Samples.Keys.ShouldContain($"gauge{{label=\"{text.Get}\"}}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheRuntimeAndTheProcessAreThere()
    {
        using var process = new ProcessMeter(DateTimeOffset.UnixEpoch.AddSeconds(7));
        using var page = new MetricsPage(process.Instruments);

        var samples = PrometheusPage.Parse(page.Render()).Samples;

        samples["process_start_time_seconds"].ShouldBe(7);
        samples["process_cpu_seconds_total"].ShouldBeGreaterThan(0);
        samples["process_resident_memory_bytes"].ShouldBeGreaterThan(0);
        samples.Keys.ShouldContain("dotnet_process_memory_working_set_bytes");
        samples.Keys.ShouldContain("dotnet_gc_collections_total{gc_heap_generation=\"gen0\"}");
        samples.Keys.ShouldContain("dotnet_thread_pool_work_item_count_total");
    }

    [Fact]
    public void AnotherMeterOfTheSameNameIsLeftOut()
    {
        using var other = new Meter("tests");
        other.CreateObservableGauge("stranger", () => 1);

        Read().Samples.Keys.ShouldNotContain("stranger");
    }

    private PrometheusPage Read() => PrometheusPage.Parse(_page.Render());
}
