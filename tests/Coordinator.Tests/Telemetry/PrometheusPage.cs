using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FashionSweep.Coordinator.Tests.Telemetry;

/// <summary>Reads the text format 0.0.4 as strictly as its specification allows, and fails on anything else.</summary>
internal sealed partial class PrometheusPage
{
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, string> _helps = [];
    private readonly Dictionary<string, double> _samples = [];
    private readonly HashSet<string> _closed = [];
    private string _family = "";

    private PrometheusPage(string text)
    {
        text.ShouldEndWith("\n");
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith('#')) Describe(line);
            else Sample(line);
        }
        foreach (var (family, type) in _types)
            if (type == "histogram") CheckHistogram(family);
    }

    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyDictionary<string, string> Helps => _helps;

    /// <summary>By name and unescaped labels in their order: <c>name{a="x",b="y"}</c>.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public static PrometheusPage Parse(string text) => new(text);

    private void Describe(string line)
    {
        var parts = CommentPattern().Match(line);
        parts.Success.ShouldBeTrue(line);
        var (family, text) = (parts.Groups["name"].Value, parts.Groups["text"].Value);
        Enter(family);
        if (parts.Groups["what"].Value == "HELP") _helps.Add(family, Unescape(text));
        else
        {
            text.ShouldBeOneOf("counter", "gauge", "histogram");
            _types.Add(family, text);
        }
    }

    // The lines of one family lie together, its description first.
    private void Enter(string family)
    {
        if (family == _family) return;
        _closed.ShouldNotContain(family);
        _closed.Add(_family);
        _family = family;
    }

    private void Sample(string line)
    {
        var parts = SamplePattern().Match(line);
        parts.Success.ShouldBeTrue(line);
        var name = parts.Groups["name"].Value;
        var type = _types[_family];
        (type == "histogram" ? [$"{_family}_bucket", $"{_family}_sum", $"{_family}_count"] : new[] { _family }).ShouldContain(name);
        if (type == "counter") name.ShouldEndWith("_total");
        var labels = LabelPattern().Matches(parts.Groups["labels"].Value)
            .Select(label => $"{label.Groups["key"].Value}=\"{Unescape(label.Groups["value"].Value)}\"")
            .ToList();
        _samples.Add(labels.Count == 0 ? name : $"{name}{{{string.Join(',', labels)}}}", Number(parts.Groups["value"].Value));
    }

    private void CheckHistogram(string family)
    {
        var buckets = _samples.Where(sample => sample.Key.StartsWith($"{family}_bucket", StringComparison.Ordinal))
            .GroupBy(sample => BoundPattern().Replace(sample.Key[family.Length..]["_bucket".Length..], ""));
        foreach (var series in buckets)
        {
            series.Select(bucket => Number(BoundPattern().Match(bucket.Key).Groups["bound"].Value)).ShouldBeInOrder();
            series.Select(bucket => bucket.Value).ShouldBeInOrder();
            series.Last().Key.ShouldContain("le=\"+Inf\"");
            var labels = series.Key == "{}" ? "" : series.Key;
            _samples[$"{family}_count{labels}"].ShouldBe(series.Last().Value);
            _samples.ShouldContainKey($"{family}_sum{labels}");
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' ? text[i] : text[++i] switch
            {
                'n' => '\n',
                '\\' => '\\',
                '"' => '"',
                var other => throw new FormatException($"\\{other}"),
            });
        return plain.ToString();
    }

    private const string Name = "[a-zA-Z_:][a-zA-Z0-9_:]*";

    [GeneratedRegex($"^# (?<what>HELP|TYPE) (?<name>{Name}) (?<text>.*)$")]
    private static partial Regex CommentPattern();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"""
        + """(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*")*)?)\})?"""
        + """ (?<value>NaN|[+-]Inf|-?[0-9.]+([eE][+-]?[0-9]+)?)$""")]
    private static partial Regex SamplePattern();

    [GeneratedRegex("""(?<key>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\["\\n])*)""" + "\"")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(""",?le="(?<bound>[^"]*)""" + "\"")]
    private static partial Regex BoundPattern();
}
