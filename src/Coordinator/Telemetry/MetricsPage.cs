using System.Diagnostics.Metrics;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>The figures of some meters, and of the .NET runtime, as a page that Prometheus reads. Listens from its making on.</summary>
public sealed class MetricsPage : IDisposable
{
    internal const string RuntimeMeter = "System.Runtime";

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly SortedList<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <param name="meters">Those and no others of their names.</param>
    public MetricsPage(params IReadOnlyList<Meter> meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RuntimeMeter || meters.Any(meter => ReferenceEquals(meter, instrument.Meter))) listener.EnableMeasurementEvents(instrument, Add(instrument));
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.Start();
    }

    /// <summary>The page as of now; from any thread.</summary>
    public string Render()
    {
        lock (_gate)
        {
            foreach (var family in _families.Values) family.Clear();
            Observe();
            var text = new PrometheusText();
            foreach (var family in _families.Values) text.Write(family);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private MetricFamily Add(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        lock (_gate) return _families.TryAdd(family.Name, family) ? family : _families[family.Name];
    }

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // A figure that can't be had is left out; the others are there.
        }
    }
}
