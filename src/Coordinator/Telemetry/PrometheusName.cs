using System.Diagnostics.Metrics;
using System.Text;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Names of instruments and labels as Prometheus has them: <c>fsweep.epochs.time</c> in <c>s</c> is <c>fsweep_epochs_time_seconds_total</c>.</summary>
internal static class PrometheusName
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = WithSuffix(Sanitize(instrument.Name), UnitOf(instrument.Unit, kind));
        return kind == MetricKind.Counter ? WithSuffix(name, "total") : name;
    }

    /// <summary>Letters, digits and underscores, no digit first.</summary>
    public static string Sanitize(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) text.Append('_');
        foreach (var letter in name) text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        return text.ToString();
    }

    private static string WithSuffix(string name, string suffix) => suffix.Length == 0 || name.EndsWith($"_{suffix}", StringComparison.Ordinal) ? name : $"{name}_{suffix}";

    // In braces is what is counted, as {trial}: no unit of a name.
    private static string UnitOf(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        "s" => "seconds",
        "By" => "bytes",
        "1" => kind == MetricKind.Gauge ? "ratio" : "",
        _ => unit[0] == '{' ? "" : Sanitize(unit),
    };
}
