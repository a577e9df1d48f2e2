using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>Of several objectives: the configurations that no other beats, where they lie, and how their hypervolume grew.</summary>
internal sealed class FrontSection(SweepReport report)
{
    private static readonly PlotFrame Frame = new(520, 260);

    private readonly Objectives _objectives = report.Board.Sweep.Objectives;

    public void Write(HtmlWriter html)
    {
        if (SweepFront.Of(report.Board) is not { } front) return;
        html.Open("section", ("id", "front")).Element("h2", "What no other beats");
        html.Element(
            "p",
            $"{TerminalText.Count(front.Configurations.Count, "configuration")} of {front.Growth[^1].Completed}: none is at least as good by "
                + $"{TerminalText.Names(_objectives)}, and better by one. Costs count by their logarithm.",
            ("class", "soft"));
        WritePlaces(html, front);
        WriteGrowth(html, front);
        WriteTable(html, front);
        html.Close("section");
    }

    private void WritePlaces(HtmlWriter html, SweepFront front)
    {
        var (across, up) = (_objectives[1], _objectives[0]);
        var dots = report.Board.Configurations.Where(row => row.IsComplete)
            .Select(row => (Row: row, X: row.ValueOf(across)!.Value.Value, Y: row.ValueOf(up)!.Value.Value))
            .Where(dot => double.IsFinite(dot.X) && double.IsFinite(dot.Y)).ToList();
        var (acrossAxis, upAxis) = (PlotAxis.OfNumbers([.. dots.Select(dot => dot.X)]), PlotAxis.OfNumbers([.. dots.Select(dot => dot.Y)]));
        var (acrossName, upName) = (TerminalText.Name(across.Metric), TerminalText.Name(up.Metric));
        html.Open("figure");
        Frame.Open(html, "front-places", $"{upName} by {acrossName}; the front in blue", acrossAxis, acrossName, upAxis, upName);
        foreach (var (row, x, y) in dots.OrderBy(dot => dot.Row.IsOnFront))
            html.Open(
                    "path", ("class", "dots"), ("style", $"stroke:var({(row.IsOnFront ? "--accent" : "--soft")})"), ("data-t", TerminalText.Number(row.Number)),
                    ("d", $"M{Frame.Point(acrossAxis.PlaceOf(x) ?? 0, upAxis.PlaceOf(y) ?? 0)}h0"))
                .Element("title", $"{row.Name}: {Text(row, up)}, {Text(row, across)}").Close("path");
        html.Close("svg").Element("figcaption", $"{TerminalText.Count(front.Configurations.Count, "blue dot")} on the front.").Close("figure");
    }

    private static void WriteGrowth(HtmlWriter html, SweepFront front)
    {
        if (front.Growth.Count < 2) return;
        var (across, up) = (PlotAxis.OfNumbers([.. front.Growth.Select(point => (double)point.Completed)]), PlotAxis.OfNumbers([0, 1]));
        var places = front.Growth.Select(point => Frame.Point(across.PlaceOf((long)point.Completed) ?? 0, up.PlaceOf(point.Hypervolume) ?? 0));
        html.Open("figure");
        Frame.Open(html, "front-growth", "hypervolume of the front as configurations were completed", across, "completed", up, "hypervolume");
        html.Open("path", ("class", "effect"), ("d", $"M{string.Join('L', places)}")).Close("path").Close("svg");
        var share = front.Hypervolume.ToString("F3", CultureInfo.InvariantCulture);
        html.Element("figcaption", $"The front leaves {share} of the box between the best and the worst of each objective behind it.").Close("figure");
    }

    private void WriteTable(HtmlWriter html, SweepFront front)
    {
        html.Open("div", ("class", "wide")).Open("table").Open("thead").Open("tr").Element("th", "configuration", ("class", "word"));
        foreach (var objective in _objectives) html.Element("th", TerminalText.Name(objective.Metric));
        foreach (var name in report.Board.Varied) html.Element("th", name.Replace('_', ' '));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var row in front.Configurations)
        {
            html.Open("tr", ("data-t", TerminalText.Number(row.Number))).Element("td", row.Name, ("class", "word"));
            foreach (var objective in _objectives) html.Element("td", Text(row, objective));
            foreach (var name in report.Board.Varied) html.Element("td", TerminalText.Short(report.ValueAtWork(row, name)));
            html.Close("tr");
        }
        html.Close("tbody").Close("table").Close("div");
    }

    private static string Text(RankedConfiguration row, Objective objective) =>
        row.ValueOf(objective) is { Value: var value } ? TerminalText.Figure(value, objective.Metric) : "";
}
