using System.Text.RegularExpressions;
using System.Xml.Linq;
using FashionSweep.Coordinator.Cli.Using.Html;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Results;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Importance;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed partial class ReportPageTests
{
    private const string Evil = "</script><script>alert(1)</script>";

    private static readonly SearchSpace Space = new(
        TrainerCatalog.Parameters,
        [
            new("optimizer", new SearchDomain.Choices(["sgd", "adam"])), new("learning_rate", new SearchDomain.RealRange(1e-4, 1, Logarithmic: true)),
            new("width", new SearchDomain.WholeRange(16, 512)),
        ]);

    [Fact]
    public void APageOfAHundredTrialsIsSmallAndAsksForNothing()
    {
        var page = ReportPage.Of(Report(100));

        page.Length.ShouldBeLessThan(2_000_000);
        foreach (var id in new[] { "curves", "parallel", "importance", "slices", "leaderboard", "winner", "reproduce" })
            page.ShouldContain($"<section id=\"{id}\"");
        page.ShouldContain("fANOVA");
        page.ShouldContain("PED-ANOVA");
        page.ShouldContain("default-src &#x27;none&#x27;");
        Sources().Matches(page).Select(source => source.Groups[1].Value)
            .ShouldAllBe(source => source.StartsWith("data:", StringComparison.Ordinal) || source.StartsWith('#'));
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public void OfThousandsThereIsTheirDensity()
    {
        var page = ReportPage.Of(Report(3000, curves: 100));

        page.Length.ShouldBeLessThan(2_000_000);
        Elements().Count(page).ShouldBeLessThan(12_000);
        page.ShouldContain("the best 40 as lines, over the density of all");
        page.ShouldContain("100 of 3,000 trials are drawn");
    }

    [Fact]
    public void WhatUsersWroteStaysText()
    {
        var report = Report(20);
        var board = report.Board with { Sweep = report.Board.Sweep with { Name = Evil, Source = Evil, File = $"a/{Evil}.yaml" } };

        var page = ReportPage.Of(report with { Board = board, NoImportance = Evil, Importance = null });

        page.ShouldNotContain("<script>alert");
        Regex.Count(page, "<script>").ShouldBe(1);
        page.ShouldContain("alert(1)");
    }

    [Fact]
    public void PicturesAreWellFormedAndNoPlaceIsMissing()
    {
        var page = ReportPage.Of(Report(40));

        var pictures = Pictures().Matches(page);
        pictures.Count.ShouldBeGreaterThan(6);
        foreach (Match picture in pictures)
        {
            XElement.Parse(picture.Value).Attribute("aria-label")!.Value.ShouldNotBeEmpty();
            picture.Value.ShouldNotContain("NaN", Case.Sensitive);
            picture.Value.ShouldNotContain("∞");
        }
    }

    [Fact]
    public void RepeatsAreDrawnAsBands()
    {
        var sweep = RankedTrials.Repeated(3);
        var board = RankedTrials.Board(sweep, [.. Trials(30)]);

        var page = ReportPage.Of(Report(board, [.. Curves(board)]));

        Regex.Count(page, "class=\"band ").ShouldBe(10);
        page.ShouldContain("mean of 3 repeats");
    }

    [Fact]
    public void MistakesAreShownAsPictures()
    {
        var report = Report(20);
        var said = new Prediction(42, 6, 0, [0.9, 0, 0, 0, 0, 0, 0.1, 0, 0, 0]);

        var page = ReportPage.Of(report with { Winner = report.Winner! with { Mistakes = [new Mistake(said, new byte[784])] } });

        page.ShouldContain("test image 42: Shirt, taken for T-shirt/top");
        page.ShouldContain("src=\"data:image/png;base64,iVBORw0KGgo");
        ReportPage.Of(report with { Winner = report.Winner! with { NoMistakes = "its checkpoint is gone" } }).ShouldContain("its checkpoint is gone");
    }

    [Fact]
    public void ASweepWithoutAResultSaysSo()
    {
        var board = RankedTrials.Board(Samples.Sweep(), [RankedTrials.Without(1, TrialState.Running)]);

        ReportPage.Of(Report(board, []) with { Winner = null }).ShouldContain("No trial is completed yet");
    }

    [Fact]
    public void WhatDoesNothingInATrialIsPassedOver()
    {
        var momentum = new SearchSpace(Space.Catalog, [.. Space.Parameters, new("momentum", new SearchDomain.RealRange(0.1, 0.9, Logarithmic: false))]);
        var board = RankedTrials.Board(Samples.Sweep(), [.. new[] { "sgd", "adam", "sgd" }.Select((name, index) => RankedTrials.Completed(
            Samples.Spec(index + 1, ("optimizer", name), ("momentum", 0.2 * (index + 1))), 0.8))]);

        var report = Report(board, []) with { Idle = board.IdleIn(momentum) };

        board.Configurations.OrderBy(row => row.Number).Select(row => report.ValueAtWork(row, "momentum") is not null).ShouldBe([true, false, true]);
    }

    private static SweepReport Report(int trials, int? curves = null)
    {
        var board = RankedTrials.Board(Samples.Sweep(total: trials), [.. Trials(trials)]);
        return Report(board, [.. Curves(board).Take(curves ?? int.MaxValue)]);
    }

    private static SweepReport Report(Leaderboard board, IReadOnlyList<ReportedCurve> curves)
    {
        var points = board.In(Space);
        var importance = SweepImportance.FindFault(points) is null ? SweepImportance.Of(points, seed: 1) : null;
        var winner = RankedTrials.Completed(Samples.Spec(1), 0.9);
        return new SweepReport(
            board, curves, importance, importance is null ? "too few" : null, new WinnerReport(winner, Epochs(0.9), null, "not asked"), Samples.Start, "0.1.0")
        {
            Idle = board.IdleIn(Space),
        };
    }

    private static IEnumerable<ReportedCurve> Curves(Leaderboard board) => board.Configurations.SelectMany(
        row => row.Trials, (row, trial) => new ReportedCurve(row, trial.Id, Epochs(trial.Validation!.Accuracy)));

    private static IReadOnlyList<EpochReport> Epochs(double accuracy) =>
        [.. Enumerable.Range(1, 20).Select(epoch => Samples.Epoch(epoch, accuracy - (0.3 / epoch), 0.4 + (1.0 / epoch)))];

    private static IEnumerable<TrialRecord> Trials(int count)
    {
        var random = new Random(1);
        for (var number = 1; number <= count; number++)
        {
            var (optimizer, rate, width) = (random.Next(2) == 0 ? "sgd" : "adam", Math.Pow(10, -4 * random.NextDouble()), random.Next(16, 513));
            var accuracy = 0.8 + (0.05 * (optimizer == "adam" ? 1 : 0)) + (0.0001 * width) - (0.01 * Math.Pow(Math.Log10(rate) + 2, 2));
            yield return RankedTrials.Completed(
                Samples.Spec(number, ("optimizer", optimizer), ("learning_rate", rate), ("width", (long)width)), accuracy, seconds: number);
        }
    }

    [GeneratedRegex("(?:src|href|url)=?[\"(]([^\")]*)")]
    private static partial Regex Sources();

    [GeneratedRegex("<[a-z]")]
    private static partial Regex Elements();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Pictures();
}
