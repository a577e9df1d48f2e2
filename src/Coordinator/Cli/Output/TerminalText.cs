using System.Globalization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Values as people read them.</summary>
internal static class TerminalText
{
    /// <summary>An accuracy or a loss.</summary>
    public static string Figure(double value) =>
        double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a metric came to.</summary>
    public static string Figure(double value, Metric metric) => metric switch
    {
        Metric.ParameterCount => value.ToString("N0", CultureInfo.InvariantCulture),
        Metric.Seconds => Duration(value),
        _ => Figure(value),
    };

    /// <summary>As <c>validation accuracy (maximize), parameter count (minimize)</c>.</summary>
    public static string Names(IEnumerable<Objective> objectives) =>
        string.Join(", ", objectives.Select(objective => $"{Name(objective.Metric)} ({EnumText.Of(objective.Goal)})"));

    /// <summary>As <c>0.8903 ± 0.0012</c>; of a single trial without a spread, and empty of none.</summary>
    public static string Spread(Estimate? estimate) => estimate switch
    {
        null => "",
        { Spread: { } spread, Value: var value } => $"{Figure(value)} ± {Figure(spread)}",
        { Value: var value } => Figure(value),
    };

    /// <summary>A parameter's value; long fractions are cut to four digits.</summary>
    public static string Short(ParameterValue? value) => value switch
    {
        null => "",
        ParameterValue.Real { Value: var real } when value.ToString().Length > 8 => real.ToString("G4", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static string Duration(double seconds) => seconds switch
    {
        double.NaN => "",
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"),
        < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 3599.5 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds + 0.5) / 60} min {(int)(seconds + 0.5) % 60:D2} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds + 30) / 3600} h {(int)(seconds + 30) % 3600 / 60:D2} min"),
    };

    /// <summary>A moment by this machine's clock, with how far that is from UTC.</summary>
    public static string Local(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public static string Count(long number, string one) => Counted.Of(number, one);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB"),
    };

    public static string Name(Metric metric) => EnumText.Of(metric).Replace('_', ' ');
}
