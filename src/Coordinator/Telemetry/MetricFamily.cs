using System.Diagnostics.Metrics;

namespace FashionSweep.Coordinator.Telemetry;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All that one instrument has measured, by labels. Measurements come from any thread.</summary>
internal sealed class MetricFamily
{
    private readonly Lock _gate = new();
    private readonly List<MetricSeries> _series = [];
    private readonly bool _observed;
    private readonly double[] _bounds;

    public MetricFamily(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Name = PrometheusName.Of(instrument, Kind);
        Meaning = instrument.Description ?? "";
        _observed = instrument.IsObservable;
        _bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
    }

    public MetricKind Kind { get; }

    public string Name { get; }

    public string Meaning { get; }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (_gate)
        {
            var series = Find(labels);
            if (series is null) _series.Add(series = new MetricSeries(labels.ToArray(), _bounds));
            if (Kind == MetricKind.Histogram) series.Add(value);
            else series.Value = _observed || Kind == MetricKind.Gauge ? value : series.Value + value;
        }
    }

    /// <summary>What is observed is observed anew: what was there before may be gone.</summary>
    public void Clear()
    {
        lock (_gate)
            if (_observed) _series.Clear();
    }

    public void Read(Action<IReadOnlyList<MetricSeries>> read)
    {
        lock (_gate) read(_series);
    }

    // What is observed comes once for each set of labels, and may be long; what is recorded has few.
    private MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (_observed) return null;
        foreach (var series in _series)
            if (series.IsOf(labels)) return series;
        return null;
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Histogram<>)) return MetricKind.Histogram;
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter : MetricKind.Gauge;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };
}

/// <summary>One instrument's figures under one set of labels.</summary>
/// <param name="bounds">Upper and inclusive, ascending.</param>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] labels, double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];

    public IReadOnlyList<KeyValuePair<string, object?>> Labels => labels;

    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>Of a counter or gauge; a histogram's sum.</summary>
    public double Value { get; set; }

    /// <summary>How many measurements lie in each bucket by itself; the last has no bound.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public void Add(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        _counts[bucket < 0 ? ~bucket : bucket]++;
        Value += value;
    }

    public bool IsOf(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != labels.Length) return false;
        for (var i = 0; i < labels.Length; i++)
            if (labels[i].Key != others[i].Key || !Equals(labels[i].Value, others[i].Value)) return false;
        return true;
    }
}
