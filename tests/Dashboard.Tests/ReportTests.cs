using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FashionSweep.Dashboard.Tests;

/// <summary>A report's file, opened from disk.</summary>
[Collection(nameof(Site))]
public sealed class ReportTests(Site site)
{
    private static readonly string[] Charts =
        ["parallel", "curves", "slices", "scatter", "contour", "importance", "progress", "ranks", "pareto", "distribution", "rungs", "timeline"];

    [Fact]
    public async Task AReportHasTheChartsOfThePageAndIsReadWithoutAScriptAsWell()
    {
        await site.TrainedAsync();
        var file = Path.Combine(site.Cluster.Fsweep.Folder, "report.html");
        var ran = site.Cluster.Fsweep.Run("report", Site.Trained, "--to", file);
        ran.ExitCode.ShouldBe(0, ran.ToString());

        await using (var visit = await site.OpenFileAsync(file, new()))
        {
            var page = visit.Page;
            await Expect(page.Locator(".board tr[data-row]")).ToHaveCountAsync(4);
            foreach (var chart in Charts)
            {
                var panel = page.Locator($"[data-chart={chart}]");
                await panel.ScrollIntoViewIfNeededAsync();
                await Expect(panel.Locator(".said")).Not.ToBeEmptyAsync();
            }
            await Expect(page.Locator(".mistake-list li")).ToHaveCountAsync(24);
            await page.GetByLabel("Condition over trials").FillAsync("optimizer = \"adam\"");
            await Expect(page.Locator(".filterline")).ToContainTextAsync("2 of 4 shown");
            await page.GetByLabel("as table of What leads where").ClickAsync();
            await Expect(page.Locator("[data-chart=parallel] .figures tbody tr")).ToHaveCountAsync(2);
            await visit.ShouldBeReadableAsync("a report with a table open");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await page.SetViewportSizeAsync(390, 844);
            await visit.ShouldBeReadableAsync("a report, dark and on a phone");
            visit.ShouldBeQuiet();
        }

        await using var plain = await site.OpenFileAsync(file, new() { JavaScriptEnabled = false });
        await Expect(plain.Page.Locator("#leaderboard tbody tr")).ToHaveCountAsync(4);
        await Expect(plain.Page.Locator("#first .tile.best")).ToBeVisibleAsync();
        plain.ShouldBeQuiet();
    }
}
