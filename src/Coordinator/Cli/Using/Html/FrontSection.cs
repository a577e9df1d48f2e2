using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>Of several objectives: the configurations that no other beats, and how their hypervolume grew.</summary>
internal sealed class FrontSection(SweepReport report)
{
    private readonly Objectives _objectives = report.Board.Sweep.Objectives;

    public void Write(HtmlWriter html)
    {
        if (SweepFront.Of(report.Board) is not { } front) return;
        html.Open("section", ("id", "front"), ("class", "panel")).Element("h2", "What no other beats");
        html.Element(
            "p",
            $"{TerminalText.Count(front.Configurations.Count, "configuration")} of {front.Growth[^1].Completed}: none is at least as good by "
                + $"{TerminalText.Names(_objectives)}, and better by one. Costs count by their logarithm.",
            ("class", "soft"));
        html.Element("p", Growth(front), ("class", "soft"));
        html.OpenWide("The front").Open("table").Open("thead").Open("tr").Element("th", "configuration", ("scope", "col"));
        foreach (var objective in _objectives) html.Element("th", TerminalText.Name(objective.Metric), ("scope", "col"), ("class", "number"));
        foreach (var name in report.Board.Varied) html.Element("th", name.Replace('_', ' '), ("scope", "col"), ("class", "number"));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var row in front.Configurations) WriteRow(html, row);
        html.Close("tbody").Close("table").Close("div").Close("section");
    }

    private static string Growth(SweepFront front)
    {
        var half = front.Growth[front.Growth.Count / 2];
        var before = half.Completed < front.Growth[^1].Completed ? $"; after {TerminalText.Count(half.Completed, "configuration")} it was {Share(half)}" : "";
        return $"Of the box between the best and the worst of each objective it leaves {Share(front.Growth[^1])} behind it (its hypervolume){before}.";
    }

    private static string Share(FrontPoint point) => point.Hypervolume.ToString("F3", CultureInfo.InvariantCulture);

    private void WriteRow(HtmlWriter html, RankedConfiguration row)
    {
        html.Open("tr").Element("td", row.Name);
        foreach (var objective in _objectives) html.Element("td", Text(row, objective), ("class", "number"));
        foreach (var name in report.Board.Varied) html.Element("td", TerminalText.Short(row.ParameterOf(name)), ("class", "number"));
        html.Close("tr");
    }

    private static string Text(RankedConfiguration row, Objective objective) =>
        row.ValueOf(objective) is { Value: var value } ? TerminalText.Figure(value, objective.Metric) : "";
}
