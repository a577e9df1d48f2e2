using System.Globalization;
using System.Text.RegularExpressions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>Which plain scalars are numbers and truth values: the core schema of YAML 1.2, section 10.3.2.</summary>
internal static partial class CoreSchema
{
    /// <summary>The value of a scalar; null where nothing is written.</summary>
    public static ParameterValue? Resolve(YamlValue.Scalar scalar) => scalar switch
    {
        { Plain: false } => scalar.Text,
        { IsNull: true } => null,
        { Text: "true" or "True" or "TRUE" } => true,
        { Text: "false" or "False" or "FALSE" } => false,
        _ => Number(scalar.Text) ?? scalar.Text,
    };

    private static ParameterValue? Number(string text)
    {
        if (WholePattern().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        if (RealPattern().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)) return real;
        if (InfinityPattern().IsMatch(text)) return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return text is ".nan" or ".NaN" or ".NAN" ? double.NaN : HexadecimalOrOctal(text);
    }

    // Twenty octal digits always fit; longer ones are text, and no hyperparameter takes them.
    private static ParameterValue? HexadecimalOrOctal(string text)
    {
        if (OctalPattern().IsMatch(text)) return Convert.ToInt64(text[2..], 8);
        return HexadecimalPattern().IsMatch(text) ? Convert.ToInt64(text[2..], 16) : null;
    }

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholePattern();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RealPattern();

    [GeneratedRegex(@"^0o[0-7]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OctalPattern();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexadecimalPattern();

    [GeneratedRegex(@"^[-+]?(\.inf|\.Inf|\.INF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex InfinityPattern();
}
