using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Importance;
using static FashionSweep.Coordinator.Results.HtmlWriter;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>How much each parameter matters, by two methods, each named.</summary>
internal sealed class ImportanceSection(SweepReport report)
{
    private const int Width = 1072;
    private const int Row = 34;
    private const int Left = 190;
    private const int MostRows = 20;
    private const int MostPairs = 6;

    public void Write(HtmlWriter html)
    {
        html.Open("section", ("id", "importance")).Element("h2", "What matters");
        if (report.Importance is { } found) Write(html, found);
        else html.Element("p", $"There is no telling yet: {report.NoImportance}.", ("class", "soft"));
        html.Close("section");
    }

    private void Write(HtmlWriter html, SweepImportance found)
    {
        html.Element("p", Sentence(found), ("class", "soft"));
        WriteChart(html, found);
        WritePairs(html, found);
        WriteTable(html, found);
        var worth = found.Explained < 0.5 ? "too few trials to rely on it" : "of trials that it has not seen";
        html.Element(
            "p",
            $"Blue: fANOVA (Hutter et al. 2014), the share of the variance of the {TerminalText.Name(report.Objective.Metric)} over the whole search space "
            + $"that a parameter explains alone, from {found.Completed} results; the line holds four fifths of its 64 trees. The forest foretells "
            + $"{Percent(Math.Max(0, found.Explained))} of the variance, {worth}. Sand: PED-ANOVA (Watanabe et al. 2023), what sets the best {found.Best} "
            + $"apart from all {found.Tried}.",
            ("class", "how"));
    }

    private string Sentence(SweepImportance found)
    {
        var first = found.Parameters[0];
        var best = first.Effects.Count == 0 ? null : first.Effects.MinBy(effect => report.Objective.CostOf(effect.Value.Mean));
        var way = best is null ? "" : $", best at {TerminalText.Short(best.Parameter)}";
        var pair = found.Pairs is [var (one, other, share), ..]
            ? $"{one} and {other} together explain {Percent(share.Mean)} more."
            : "No two parameters interact.";
        return $"{first.Name} decides most: {Percent(first.Alone.Mean)} of the variance by itself{way}. {pair}";
    }

    private static void WriteChart(HtmlWriter html, SweepImportance found)
    {
        var rows = found.Parameters.Take(MostRows).ToList();
        html.Open("figure").Open(
            "svg", ("viewBox", $"0 0 {Width} {(rows.Count * Row) + 4}"), ("role", "img"),
            ("aria-label", "Importance of each parameter; the table below has the figures"));
        foreach (var (index, parameter) in rows.Index())
        {
            var y = index * Row;
            html.Element("text", parameter.Name, ("class", "name"), ("x", At(Left - 12)), ("y", At(y + 17)), ("text-anchor", "end"));
            WriteBar(html, "bar", y + 4, 12, parameter.Alone.Mean);
            html.Open("path", ("class", "whisker"), ("d", $"M{At(X(parameter.Alone.Low))} {At(y + 10)}H{At(X(parameter.Alone.High))}")).Close("path");
            WriteBar(html, "bar two", y + 18, 7, parameter.OfBest);
            var end = Math.Max(Math.Max(parameter.Alone.High, parameter.Alone.Mean), parameter.OfBest);
            html.Element("text", $"{Percent(parameter.Alone.Mean)}, {Percent(parameter.OfBest)}", ("x", At(X(end) + 8)), ("y", At(y + 18)));
        }
        html.Close("svg").Close("figure");
    }

    private static void WriteBar(HtmlWriter html, string style, double y, double height, double share)
    {
        var width = At(Math.Max(1, X(share) - Left));
        html.Open("rect", ("class", style), ("x", At(Left)), ("y", At(y)), ("width", width), ("height", At(height)), ("rx", "2")).Close("rect");
    }

    private static double X(double share) => Left + (Math.Clamp(share, 0, 1) * (Width - Left - 110));

    private static void WritePairs(HtmlWriter html, SweepImportance found)
    {
        if (found.Pairs.Count == 0) return;
        html.Element("h3", "Only together (fANOVA)").Open("ul", ("class", "chips"));
        foreach (var (one, other, share) in found.Pairs.Take(MostPairs))
            html.Open("li").Text($"{one} × {other} ").Element("b", Percent(share.Mean)).Text($" ({Percent(share.Low)} to {Percent(share.High)})").Close("li");
        html.Open("li").Text("three and more ").Element("b", Percent(found.Rest)).Close("li").Close("ul");
    }

    private static void WriteTable(HtmlWriter html, SweepImportance found)
    {
        html.Open("details").Element("summary", "as table").Open("table").Open("thead").Open("tr");
        html.Element("th", "parameter", ("class", "word"), ("scope", "col"));
        foreach (var heading in new[] { "alone (fANOVA)", "from", "to", "of the best (PED-ANOVA)", "at work in" })
            html.Element("th", heading, ("scope", "col"));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var parameter in found.Parameters)
        {
            html.Open("tr").Element("th", parameter.Name, ("class", "word"), ("scope", "row"));
            foreach (var share in new[] { parameter.Alone.Mean, parameter.Alone.Low, parameter.Alone.High, parameter.OfBest })
                html.Element("td", Percent(share));
            html.Element("td", TerminalText.Number(parameter.AtWork)).Close("tr");
        }
        html.Close("tbody").Close("table").Close("details");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
