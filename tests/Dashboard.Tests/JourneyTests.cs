using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FashionSweep.Dashboard.Tests;

/// <summary>What a user does with it, in a real browser, from a sweep's first line to its winner.</summary>
[Collection(nameof(Site))]
public sealed partial class JourneyTests(Site site)
{
    [Fact]
    public async Task ASweepWrittenInTheEditorIsLaunchedAndWatchedToItsEnd()
    {
        await using var visit = await site.OpenAsync("?page=new");
        var (page, file) = (visit.Page, visit.Page.GetByLabel("The sweep file, YAML"));
        await file.FillAsync(SweepTexts.Four("written").Replace("learning_rate", "learning_rat", StringComparison.Ordinal));
        await Expect(page.Locator(".faults li")).ToContainTextAsync("learning_rat");
        await Expect(page.Locator(".numbers .faulty")).ToHaveTextAsync("5");
        await Expect(visit.Button("Launch")).ToBeDisabledAsync();
        await visit.ShouldBeReadableAsync("a sweep file with a fault");

        site.Cluster.Fsweep.Hold();
        await file.FillAsync(SweepTexts.Four("written"));
        await Expect(page.Locator(".plan .tiles")).ToContainTextAsync("4");
        await visit.Button("Launch").ClickAsync();

        await Expect(visit.Heading("written")).ToBeVisibleAsync();
        await Expect(page.Locator(".sweep")).ToContainTextAsync("running");
        await page.EvaluateAsync("window.wasNotLoadedAgain = true");
        site.Cluster.Fsweep.Release();
        await Expect(page.Locator(".sweep")).ToContainTextAsync("finished");
        await Expect(page.Locator(".leaderboard")).ToContainTextAsync("completed");
        (await page.EvaluateAsync<bool>("window.wasNotLoadedAgain")).ShouldBeTrue();
        visit.ShouldBeQuiet();
    }

    [Fact]
    public async Task ABrushOnAnAxisIsFollowedByAllPanelsAndStandsInTheAddress()
    {
        await site.TrainedAsync();
        await using var visit = await site.OpenAsync($"?page=sweep&sweep={Site.Trained}");
        var page = visit.Page;
        var (rows, shown) = (page.Locator(".board tr[data-row]"), page.Locator(".filterline"));
        await Expect(rows).ToHaveCountAsync(4);
        // What is said of the sweep when it is heard of first moves nothing any more.
        await Expect(page.Locator(".link.live")).ToBeVisibleAsync();

        await BrushUpperHalfAsync(page, "learning_rate");

        await Expect(shown).ToContainTextAsync("2 of 4 shown");
        await Expect(rows).ToHaveCountAsync(2);
        foreach (var chart in new[] { "parallel", "curves", "scatter", "progress", "ranks", "pareto", "distribution", "rungs", "slices" })
        {
            var panel = page.Locator($"[data-chart={chart}]");
            await panel.ScrollIntoViewIfNeededAsync();
            await Expect(panel.Locator(".how")).ToContainTextAsync(Selected());
        }
        await Expect(page).ToHaveURLAsync(BrushInAddress());
        await visit.ShouldBeReadableAsync("a sweep of which some is brushed, with all its charts drawn");
        await page.ReloadAsync();
        await Expect(shown).ToContainTextAsync("2 of 4 shown");
        visit.ShouldBeQuiet();
    }

    [Fact]
    public async Task TheWinnerShowsWhatItConfusesAndItsMistakes()
    {
        await site.TrainedAsync();
        await using var visit = await site.OpenAsync($"?page=sweep&sweep={Site.Trained}");
        var page = visit.Page;
        await page.Locator(".board tr[data-row]").First.ClickAsync();

        await Expect(page.Locator(".chip", new() { HasText = "place 1" })).ToBeVisibleAsync();
        await Expect(page.Locator(".mistake-list li")).ToHaveCountAsync(24);
        await page.Locator(".confusion .wrong button").First.ClickAsync();
        await Expect(page.Locator(".chip", new() { HasText = "taken for" })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(CellInAddress());
        await Expect(page.Locator(".log")).ToContainTextAsync("attempt 1 ends: completed");
        await visit.ShouldBeReadableAsync("a trial with the mistakes of one cell");

        await visit.Button("Star").ClickAsync();
        await page.ReloadAsync();
        await Expect(page.Locator(".star[aria-pressed=true]")).ToBeVisibleAsync();
        visit.ShouldBeQuiet();
    }

    [Fact]
    public async Task ASecondSweepIsCancelledAfterAQuestionThatNamesWhatIsLost()
    {
        site.Cluster.Fsweep.Hold();
        await site.SubmitAsync("unwanted", SweepTexts.Four("unwanted"));
        await using var visit = await site.OpenAsync("");
        var sweep = visit.Page.Locator("[data-sweep=unwanted]");
        await Expect(sweep).ToContainTextAsync("2 running");

        await sweep.GetByTitle("More for unwanted").ClickAsync();
        await sweep.GetByRole(AriaRole.Button, new() { Name = "Cancel…" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("2 running trials are stopped");
        await visit.ShouldBeReadableAsync("a question");
        await visit.Button("Cancel the sweep").ClickAsync();

        await Expect(sweep).ToContainTextAsync("cancelled");
        visit.ShouldBeQuiet();
    }

    [Fact]
    public async Task ACoordinatorThatIsKilledAndComesBackNeedsNoReload()
    {
        site.Cluster.Fsweep.Hold();
        await site.SubmitAsync("lasting", SweepTexts.Four("lasting"));
        await using var visit = await site.OpenAsync("?page=sweep&sweep=lasting");
        await Expect(visit.Page.Locator(".sweep")).ToContainTextAsync("running");
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".link.live")).ToBeVisibleAsync();

        site.Cluster.Coordinator.Kill();
        await Expect(visit.Page.Locator(".link.away")).ToBeVisibleAsync();
        await visit.ShouldBeReadableAsync("a page whose coordinator is away");
        await Expect(visit.Page.Locator(".link.live")).ToBeVisibleAsync();
        site.Cluster.Fsweep.Release();

        await Expect(visit.Page.Locator(".sweep")).ToContainTextAsync("finished");
        visit.ShouldBeQuiet(but: "net::");
    }

    private static async Task BrushUpperHalfAsync(IPage page, string parameter)
    {
        var head = await page.Locator($"[data-chart=parallel] [data-axis={parameter}]").BoundingBoxAsync();
        var plot = await page.Locator("[data-chart=parallel] svg[role=img]").BoundingBoxAsync();
        head.ShouldNotBeNull();
        plot.ShouldNotBeNull();
        var x = head.X + (head.Width / 2);
        await page.Mouse.MoveAsync(x, plot.Y + 52);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, plot.Y + (plot.Height / 2), new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    [GeneratedRegex("2 brushed of")]
    private static partial Regex Selected();

    [GeneratedRegex("brush\\.learning_rate=")]
    private static partial Regex BrushInAddress();

    [GeneratedRegex("cell=\\d-\\d")]
    private static partial Regex CellInAddress();
}
