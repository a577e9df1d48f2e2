using System.Diagnostics.Metrics;
using FashionSweep.Coordinator.Telemetry;

namespace FashionSweep.Coordinator.Tests.Telemetry;

/// <summary>What one meter measures, read as any collector would.</summary>
internal sealed class MeterReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, List<double>> _recorded = [];
    private readonly Dictionary<string, double> _observed = [];

    public MeterReading(CoordinatorMeter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Instruments)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Values recorded since the start, by name and labels as <c>fsweep.trial.duration{state=completed}</c>.</summary>
    public IReadOnlyList<double> Recorded(string series) => _recorded.GetValueOrDefault(series, []);

    /// <summary>What is observed now, in the same names.</summary>
    public IReadOnlyDictionary<string, double> Observe()
    {
        _observed.Clear();
        _listener.RecordObservableInstruments();
        return _observed;
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        var series = labels.Length == 0 ? instrument.Name : $"{instrument.Name}{{{labels}}}";
        if (instrument.IsObservable) _observed.Add(series, value);
        else if (_recorded.TryGetValue(series, out var values)) values.Add(value);
        else _recorded[series] = [value];
    }
}
