using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>The leaderboard: what differs, and what came of it.</summary>
internal sealed class BoardSection(SweepReport report)
{
    private const int MostRows = 100;

    private readonly IReadOnlyList<RankedConfiguration> _all = report.Board.Configurations;

    public void Write(HtmlWriter html)
    {
        html.Open("section", ("id", "leaderboard")).Element("h2", "Leaderboard");
        var repeats = report.Board.Sweep.Repeats;
        var by = repeats.Seeds > 1
            ? $"{EnumText.Of(repeats.Aggregate)} {TerminalText.Name(report.Objective.Metric)} of {repeats.Seeds} repeats"
            : TerminalText.Name(report.Objective.Metric);
        var shown = _all.Count > MostRows ? $"; the first {MostRows} of {TerminalText.Count(_all.Count, "row")}" : "";
        html.Element(
            "p", $"Ranked by {by} ({EnumText.Of(report.Objective.Goal)}){shown}. The test set is scored once, and never used to choose.", ("class", "soft"));
        html.Open("div", ("class", "wide")).Open("table").Open("thead").Open("tr");
        foreach (var column in Columns()) WriteHeading(html, column);
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var row in _all.Take(MostRows)) WriteRow(html, row);
        html.Close("tbody").Close("table").Close("div").Close("section");
    }

    private static void WriteHeading(HtmlWriter html, Column column) =>
        html.Open("th", ("scope", "col"), ("class", column.IsWord ? "word" : null)).Element("button", column.Heading, ("data-sort", "")).Close("th");

    private void WriteRow(HtmlWriter html, RankedConfiguration row)
    {
        html.Open("tr", ("data-t", TerminalText.Number(row.Number)), ("class", row.Rank == 1 ? "first" : null));
        foreach (var column in Columns())
            html.Element("td", column.Text(row), ("class", column.IsWord ? "word" : null), ("data-v", column.Sort?.Invoke(row)));
        html.Close("tr");
    }

    private IEnumerable<Column> Columns()
    {
        yield return new("rank", row => $"{row.Rank}");
        yield return new("trial", row => row.Name, IsWord: true, row => TerminalText.Number(row.Number));
        foreach (var name in report.Board.Varied)
            yield return new(
                name.Replace('_', ' '), row => TerminalText.Short(row.ParameterOf(name)),
                _all.Any(row => row.ParameterOf(name) is not (null or ParameterValue.Whole or ParameterValue.Real)), row => $"{row.ParameterOf(name)}");
        yield return Figure(TerminalText.Name(report.Objective.Metric), row => row.Value);
        if (report.Objective.Metric != Metric.ValidationAccuracy)
            yield return Figure("validation accuracy", row => row.Of(trial => trial.Validation?.Accuracy));
        if (report.Objective.Metric != Metric.ValidationLoss)
            yield return Figure("validation loss", row => row.Of(trial => trial.Validation?.Loss));
        yield return Figure("test accuracy", row => row.Of(trial => trial.Result?.Test.Accuracy));
        yield return new("epochs", row => $"{row.Epochs}");
        yield return new(
            "time", row => row.Of(Seconds) is { Value: var seconds } ? TerminalText.Duration(seconds) : "", Sort: row => Plain(row.Of(Seconds)?.Value));
        yield return new("state", row => EnumText.Of(row.State), IsWord: true);
    }

    private static Column Figure(string heading, Func<RankedConfiguration, Estimate?> figure) =>
        new(heading, row => TerminalText.Spread(figure(row)), Sort: row => Plain(figure(row)?.Value));

    private static double? Seconds(Records.TrialFigures trial) => trial.Result?.Seconds;

    private static string Plain(double? value) => value?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <param name="Sort">What it is sorted by where that is not its text.</param>
    private sealed record Column(string Heading, Func<RankedConfiguration, string> Text, bool IsWord = false, Func<RankedConfiguration, string>? Sort = null);
}
