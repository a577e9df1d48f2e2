using System.Globalization;
using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>Looks into a document whose form is another tool's: what isn't there, or is of another kind, is null or empty.</summary>
internal static class ForeignTree
{
    public static YamlValue? At(this YamlValue? value, params ReadOnlySpan<string> path)
    {
        foreach (var key in path) value = value.Entries().FirstOrDefault(entry => entry.Key == key)?.Value;
        return value is YamlValue.Scalar { IsNull: true } ? null : value;
    }

    public static bool Has(this YamlValue? value, string key) => value.Entries().Any(entry => entry.Key == key);

    public static IReadOnlyList<YamlEntry> Entries(this YamlValue? value) => (value as YamlValue.Mapping)?.Entries ?? [];

    public static IReadOnlyList<YamlValue> Items(this YamlValue? value) => (value as YamlValue.Sequence)?.Items ?? [];

    public static string? Text(this YamlValue? value) => value is YamlValue.Scalar { IsNull: false, Text: var text } ? text : null;

    /// <summary>Also one in quotes, as Kubernetes wants them.</summary>
    public static double? Number(this YamlValue? value) => value.Text() is { } text ? NumberOf(text) : null;

    public static double? NumberOf(string text) => Resolve(text) switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real { Value: var real } when double.IsFinite(real) => real,
        _ => null,
    };

    public static bool? Flag(this YamlValue? value) => value.Text() is { } text && Resolve(text) is ParameterValue.Flag flag ? flag.Value : null;

    /// <summary>A value of a parameter; null where it is none.</summary>
    public static ParameterValue? Value(this YamlValue? value) => value switch
    {
        YamlValue.Scalar scalar => CoreSchema.Resolve(scalar),
        YamlValue.Sequence list => new ParameterValue.List([.. list.Items.Select(Value).OfType<ParameterValue>()]),
        _ => null,
    };

    /// <summary>What an unquoted text stands for: a number, a truth value, else itself.</summary>
    public static ParameterValue? Resolve(string text) => CoreSchema.Resolve(new YamlValue.Scalar(default, text, Plain: true));

    /// <summary>A few words of what is written, for a comment.</summary>
    public static string Words(this YamlValue? value) => value switch
    {
        YamlValue.Scalar scalar => Printable.Short(scalar.Text),
        YamlValue.Sequence list => Printable.Short($"[{string.Join(", ", list.Items.Select(Words))}]"),
        YamlValue.Mapping mapping => Printable.Short($"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {entry.Value.Words()}"))}}}"),
        _ => "",
    };

    public static string Plain(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
