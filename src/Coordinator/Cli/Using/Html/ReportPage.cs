using System.Globalization;
using System.Reflection;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>A report as one HTML file, which asks for nothing: style, script and pictures are in it.</summary>
internal static class ReportPage
{
    private static readonly (string Id, string Name)[] Places =
    [
        ("front", "Front"), ("curves", "Curves"), ("parallel", "Parallel coordinates"), ("importance", "Importance"), ("slices", "Slices"),
        ("leaderboard", "Leaderboard"), ("winner", "Winner"), ("reproduce", "Do it again"),
    ];

    public static string Of(SweepReport report)
    {
        var body = new HtmlWriter();
        WriteFirst(body, report);
        new FrontSection(report).Write(body);
        new CurvesSection(report).Write(body);
        new ParallelSection(report).Write(body);
        new ImportanceSection(report).Write(body);
        new SlicesSection(report).Write(body);
        new BoardSection(report).Write(body);
        new WinnerSection(report).Write(body);
        new ReproduceSection(report).Write(body);
        var made = report.MadeAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        body.Open("footer").Text($"Made by fsweep {report.Version} on {made}. This page is one file and asks for nothing.").Close("footer");
        return Around(report, body.ToString());
    }

    private static string Around(SweepReport report, string body)
    {
        var html = new HtmlWriter().Own("<!doctype html>\n").Open("html", ("lang", "en")).Open("head").Open("meta", ("charset", "utf-8"));
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Open(
            "meta", ("http-equiv", "Content-Security-Policy"),
            ("content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"));
        html.Element("title", $"{report.Board.Sweep.Name}, a sweep of FashionSweep").Open("style").Own(Part("report.css")).Close("style").Close("head");
        html.Open("body").Open("header", ("class", "top")).Element("h1", report.Board.Sweep.Name).Element("span", Standing(report.Board), ("class", "soft"));
        html.Element("button", "Light or dark", ("id", "theme")).Close("header");
        html.Open("nav", ("aria-label", "Sections"));
        foreach (var (id, name) in Places.Where(place => body.Contains($"<section id=\"{place.Id}\"", StringComparison.Ordinal)))
            html.Element("a", name, ("href", $"#{id}")).Text(" ");
        html.Close("nav").Open("main").Own(body).Close("main").Open("script").Own(Part("report.js")).Close("script").Close("body").Close("html");
        return html.ToString();
    }

    private static string Standing(Leaderboard board)
    {
        var finished = board.Trials.Count(trial => trial.IsFinished);
        var kinds = new[] { TrialState.Pruned, TrialState.Diverged, TrialState.Failed }
            .Select(state => (State: state, Count: board.Trials.Count(trial => trial.State == state))).Where(kind => kind.Count > 0)
            .Select(kind => $", {kind.Count} {EnumText.Of(kind.State)}");
        var created = board.Sweep.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var so = finished.ToString("N0", CultureInfo.InvariantCulture);
        return $"{so} of {TerminalText.Count(board.Sweep.Total, "trial")} finished{string.Concat(kinds)}; begun {created}";
    }

    private static void WriteFirst(HtmlWriter html, SweepReport report)
    {
        html.Open("section", ("id", "first"));
        if (report is not { Winner.Trial: { Result: { } result } trial, Board.Winner: { } winner })
        {
            html.Element("p", "No trial is completed yet: make this report again once one is.").Close("section");
            return;
        }
        html.Element("h2", report.Board.Sweep.End?.IsFinal() == true ? $"{trial.Spec.Id} won" : $"{trial.Spec.Id} is first so far");
        html.Open("ul", ("class", "chips"));
        foreach (var name in report.Board.Varied)
            if (winner.ParameterOf(name) is { } value) html.Open("li").Text($"{name} ").Element("b", TerminalText.Short(value)).Close("li");
        html.Close("ul").Open("div", ("class", "tiles"));
        var of = winner.Completed.Count > 1 ? $" of {winner.Completed.Count} repeats" : "";
        Tile(html, TerminalText.Spread(winner.Value), TerminalText.Name(report.Objective.Metric) + of, isFirst: true);
        Tile(html, TerminalText.Figure(result.Test.Accuracy), "test accuracy, scored once");
        Tile(html, $"{result.BestEpoch} of {result.Epochs}", "best epoch");
        Tile(html, result.ParameterCount.ToString("N0", CultureInfo.InvariantCulture), "weights");
        Tile(html, TerminalText.Duration(result.Seconds), "to train");
        html.Close("div");
        if (FirstPlace.Of(report.Board) is { } place)
        {
            html.Open("p", ("class", place.IsSure ? "sure" : "unsure")).Text(FirstPlaceText.Of(place));
            if (FirstPlaceText.Next(place) is { } command) html.Text(" ").Element("code", command).Text(" tells more, image by image.");
            html.Close("p");
        }
        html.Close("section");
    }

    private static void Tile(HtmlWriter html, string figure, string name, bool isFirst = false) =>
        html.Open("div", ("class", isFirst ? "tile first" : "tile")).Element("b", figure).Element("span", name).Close("div");

    private static string Part(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Report.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
