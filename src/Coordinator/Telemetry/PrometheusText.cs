using System.Globalization;
using System.Text;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Write(MetricFamily family) => family.Read(series =>
    {
        if (series.Count == 0) return;
        if (family.Meaning.Length > 0) _text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Meaning)).Append('\n');
        _text.Append("# TYPE ").Append(family.Name).Append(' ').Append(NameOf(family.Kind)).Append('\n');
        foreach (var one in series)
        {
            var labels = string.Join(',', one.Labels.Select(label => Label(label.Key, Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")));
            if (family.Kind == MetricKind.Histogram) WriteBuckets(family.Name, labels, one);
            else WriteSample(family.Name, labels, one.Value);
        }
    });

    public override string ToString() => _text.ToString();

    private void WriteBuckets(string name, string labels, MetricSeries series)
    {
        var count = 0L;
        for (var i = 0; i < series.Counts.Count; i++)
        {
            count += series.Counts[i];
            var bound = Label("le", Number(i < series.Bounds.Count ? series.Bounds[i] : double.PositiveInfinity));
            WriteSample($"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", count);
        }
        WriteSample($"{name}_sum", labels, series.Value);
        WriteSample($"{name}_count", labels, count);
    }

    private void WriteSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Label(string key, string value) => $"{PrometheusName.Sanitize(key)}=\"{Escape(value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string NameOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
        _ => throw new InvalidOperationException($"No type for {kind}."),
    };
}
