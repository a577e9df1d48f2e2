using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>The leaderboard as it is read on paper and without a script: what differs, and what came of it.</summary>
internal sealed class BoardSection(SweepReport report)
{
    private const int MostRows = 100;

    private readonly IReadOnlyList<RankedConfiguration> _all = report.Board.Configurations;

    public void Write(HtmlWriter html)
    {
        html.Open("section", ("id", "leaderboard"), ("class", "panel still")).Element("h2", "Leaderboard");
        var repeats = report.Board.Sweep.Repeats;
        var by = repeats.Seeds > 1
            ? $"{EnumText.Of(repeats.Aggregate)} {TerminalText.Name(report.Objective.Metric)} of {repeats.Seeds} repeats"
            : TerminalText.Name(report.Objective.Metric);
        var shown = _all.Count > MostRows ? $"; the first {MostRows} of {TerminalText.Count(_all.Count, "row")}" : "";
        html.Element(
            "p", $"Ranked by {by} ({EnumText.Of(report.Objective.Goal)}){shown}. The test set is scored once, and never used to choose.", ("class", "soft"));
        html.OpenWide("Leaderboard").Open("table").Open("thead").Open("tr");
        foreach (var column in Columns()) html.Element("th", column.Heading, ("scope", "col"), ("class", ClassOf(column)));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var row in _all.Take(MostRows)) WriteRow(html, row);
        html.Close("tbody").Close("table").Close("div").Close("section");
    }

    private void WriteRow(HtmlWriter html, RankedConfiguration row)
    {
        html.Open("tr", ("class", row.Rank == 1 ? "first" : null));
        foreach (var column in Columns()) html.Element("td", column.Text(row), ("class", ClassOf(column)));
        html.Close("tr");
    }

    private static string? ClassOf(Column column) => column.IsWord ? null : "number";

    private IEnumerable<Column> Columns()
    {
        yield return new("rank", row => $"{row.Rank}");
        yield return new("trial", row => row.Name, IsWord: true);
        foreach (var name in report.Board.Varied)
            yield return new(
                name.Replace('_', ' '), row => TerminalText.Short(row.ParameterOf(name)),
                _all.Any(row => row.ParameterOf(name) is not (null or ParameterValue.Whole or ParameterValue.Real)));
        yield return Figure(TerminalText.Name(report.Objective.Metric), row => row.Value);
        if (report.Objective.Metric != Metric.ValidationAccuracy)
            yield return Figure("validation accuracy", row => row.Of(trial => trial.Validation?.Accuracy));
        if (report.Objective.Metric != Metric.ValidationLoss)
            yield return Figure("validation loss", row => row.Of(trial => trial.Validation?.Loss));
        yield return Figure("test accuracy", row => row.Of(trial => trial.Result?.Test.Accuracy));
        yield return new("epochs", row => $"{row.Epochs}");
        yield return new("time", row => row.Of(trial => trial.Result?.Seconds) is { Value: var seconds } ? TerminalText.Duration(seconds) : "");
        yield return new("state", row => EnumText.Of(row.State), IsWord: true);
    }

    private static Column Figure(string heading, Func<RankedConfiguration, Estimate?> figure) =>
        new(heading, row => TerminalText.Spread(figure(row)));

    private sealed record Column(string Heading, Func<RankedConfiguration, string> Text, bool IsWord = false);
}
