using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionSweep.Coordinator.Cli.Using.Html;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed partial class ReportPageTests : IDisposable
{
    private const string Evil = "</script><script>alert(1)</script>";

    private const string Source = """
        name: quick
        method: random
        run_cap: 100
        parameters:
          optimizer: [sgd, adam]
          learning_rate: {distribution: log_uniform_values, min: 0.0001, max: 1}
          width: {min: 16, max: 512}
          epochs: 3
        """;

    private readonly InMemoryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AReportOfAHundredTrialsIsSmallAndAsksForNothing()
    {
        var page = Page(Trained(100));

        page.Length.ShouldBeLessThan(2_000_000);
        Sources().Matches(page).Select(source => source.Groups[1].Value).ShouldAllBe(source => source.StartsWith('#'));
        Addresses().Matches(page).Select(address => address.Value).Distinct().ShouldBe(["http://www.w3.org/2000/svg"]);
        page.ShouldContain("default-src &#x27;none&#x27;");
        page.ShouldNotContain("unsafe");
    }

    [Fact]
    public void WinnerLeaderboardAndHowToDoItAgainAreThereWithoutAScript()
    {
        var page = Scripts().Replace(Page(Trained(30)), "");

        page.ShouldContain("quick/30 is first so far");
        page.ShouldContain("<td class=\"number\">0.8300</td>");
        page.ShouldContain("./fsweep reproduce quick/30");
        page.ShouldContain("run_cap: 100");
    }

    [Fact]
    public void ItHoldsWhatTheDashboardWouldAnswer()
    {
        var held = Held(Page(Trained(30)));

        held["trials"]!["columns"]!["number"]!.AsArray().Count.ShouldBe(30);
        held["curves"]!.AsArray().Count.ShouldBe(30);
        held["importance"]!["methods"]!.AsArray().Select(method => method!["method"]!.GetValue<string>()).ShouldBe(["fANOVA", "PED-ANOVA"]);
        held["timeline"]!["spans"]!.AsArray().Count.ShouldBe(30);
        held["winner"]!["confusion"]!.AsArray().Count.ShouldBe(10);
        held["mistakes"]!["why"]!.GetValue<string>().ShouldBe("not asked");
    }

    [Fact]
    public void NothingRunsButItsOwnScript()
    {
        var page = Page(Trained(3));

        var script = Scripts().Matches(page)[^1].Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        System.Net.WebUtility.HtmlDecode(page).ShouldContain($"script-src 'sha256-{hash}'");
    }

    [Fact]
    public void WhatUsersWroteStaysText()
    {
        var page = Page(Trained(3, Sweep() with { Source = $"{Source}# {Evil}", File = $"a/{Evil}.yaml" }, reason: Evil));

        page.ShouldNotContain("<script>alert");
        Regex.Count(page, "<script[ >]").ShouldBe(2);
        page.ShouldContain("alert(1)");
    }

    [Fact]
    public void ASweepWithoutAResultSaysSo()
    {
        var sweep = Trained(0);
        _store.Append([Started(Lease(1))]);

        var page = Page(sweep);

        page.ShouldContain("No trial is completed yet");
        Held(page)["winner"].ShouldBeNull();
    }

    private string Page(SweepRecord sweep)
    {
        var board = Leaderboard.Of(sweep, _store.FiguresOf(sweep.Name), TrainerCatalog.Parameters);
        var winner = board.Winner?.Best is { } best ? _store.Find(best.Id) : null;
        var numbers = board.Trials.Select(trial => trial.Id.Number);
        var held = HeldSweep.Of(_store, sweep, winner?.Spec.Id.Number, numbers, TrainerCatalog.Parameters) with
        {
            Mistakes = new MistakesPage([], 0, [], "not asked"),
        };
        return ReportPage.Of(new SweepReport(board, winner, Start, "0.1.0"), held);
    }

    // The later, the better.
    private SweepRecord Trained(int trials, SweepRecord? asked = null, string? reason = null)
    {
        var sweep = asked ?? Sweep() with { Source = Source };
        _store.Add(sweep);
        var random = new Random(1);
        for (var number = 1; number <= trials; number++)
        {
            var (optimizer, rate, width) = (random.Next(2) == 0 ? "sgd" : "adam", Math.Pow(10, -4 * random.NextDouble()), random.Next(16, 513));
            var spec = Spec(number, ("optimizer", optimizer), ("learning_rate", rate), ("width", (long)width), ("epochs", 3L));
            _store.Append([Started(Lease(number), spec, number), Ended(Lease(number), Epoch(1), number + 1)]);
            _store.Append([reason is null ? Completed(Lease(number), Result(0.8 + (0.001 * number)), number + 2) : Failed(Lease(number), reason, number + 2)]);
        }
        return sweep;
    }

    private static JsonNode Held(string page) => JsonNode.Parse(Scripts().Matches(page)[0].Groups[1].Value)!;

    [GeneratedRegex("<[^>]* (?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Sources();

    [GeneratedRegex(@"https?://[^\s'""]+")]
    private static partial Regex Addresses();

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
