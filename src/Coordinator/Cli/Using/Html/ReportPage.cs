using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>
/// A report as one HTML file, which asks for nothing: the dashboard's charts, and what they are drawn of, are in it. Winner and leaderboard are there
/// without a script as well.
/// </summary>
internal static class ReportPage
{
    public static string Of(SweepReport report, HeldSweep held)
    {
        var (style, script) = (PageBundle.Style("base.css", "sweep.css", "pages/pages.css", "report.css"), PageBundle.Script("report.js"));
        var html = new HtmlWriter().Own("<!doctype html>\n").Open("html", ("lang", "en")).Open("head").Open("meta", ("charset", "utf-8"));
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Open("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(style, script)));
        html.Element("title", $"{report.Board.Sweep.Name}, a sweep of FashionSweep").Open("style").Own(style).Close("style").Close("head").Open("body");
        WriteTop(html, report);
        html.Open("main", ("id", "main"), ("class", "page report")).Element("p", Standing(report.Board), ("class", "soft"));
        WriteFirst(html, report);
        html.Element("p", "Charts, and all trials in a table, are drawn by a script that is in this file.", ("class", "soft undrawn"));
        html.Open("div", ("id", "look"), ("class", "look")).Close("div");
        new FrontSection(report).Write(html);
        new BoardSection(report).Write(html);
        if (report.Winner is { Spec.Id: var id })
            html.Open("section", ("id", "winner")).Element("h2", $"The winner, {id}").Open("div", ("id", "drawn-winner")).Close("div").Close("section");
        new ReproduceSection(report).Write(html);
        var made = report.MadeAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        html.Element("footer", $"Made by fsweep {report.Version} on {made}. This page is one file and asks for nothing.").Close("main");
        html.Open("div", ("id", "notices"), ("role", "status"), ("aria-live", "polite")).Close("div");
        html.Open("script", ("type", "application/json"), ("id", "held")).Own(held.ToJson()).Close("script");
        return html.Open("script").Own(script).Close("script").Close("body").Close("html").ToString();
    }

    // Nothing runs but this script, and nothing is asked for.
    private static string Policy(string style, string script) =>
        $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; img-src data: blob:; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static void WriteTop(HtmlWriter html, SweepReport report)
    {
        html.Open("header", ("id", "top")).Element("h1", report.Board.Sweep.Name).Open("nav", ("aria-label", "Sections"));
        html.Element("a", "Charts", ("href", "#look"));
        if (report is { Winner: not null, Board.Sweep.Further.Count: > 0 }) html.Element("a", "Front", ("href", "#front"));
        if (report.Winner is not null) html.Element("a", "Winner", ("href", "#winner"));
        html.Element("a", "Do it again", ("href", "#reproduce")).Close("nav").Close("header");
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
        html.Open("section", ("id", "first"), ("class", "panel first"));
        if (report is not { Winner: { Result: { } result } trial, Board.Winner: { } winner })
        {
            html.Element("p", "No trial is completed yet: make this report again once one is.").Close("section");
            return;
        }
        html.Element("h2", report.Board.Sweep.End?.IsFinal() == true ? $"{trial.Spec.Id} won" : $"{trial.Spec.Id} is first so far");
        html.Open("p", ("class", "row"));
        foreach (var name in report.Board.Varied)
            if (winner.ParameterOf(name) is { } value)
                html.Open("span", ("class", "chip")).Text($"{name} ").Element("b", TerminalText.Short(value)).Close("span");
        html.Close("p").Open("div", ("class", "tiles"));
        var of = winner.Completed.Count > 1 ? $" of {winner.Completed.Count} repeats" : "";
        Tile(html, TerminalText.Spread(winner.Value), TerminalText.Name(report.Objective.Metric) + of, isBest: true);
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

    private static void Tile(HtmlWriter html, string figure, string name, bool isBest = false) =>
        html.Open("div", ("class", isBest ? "tile best" : "tile")).Element("b", figure).Element("span", name).Close("div");
}
