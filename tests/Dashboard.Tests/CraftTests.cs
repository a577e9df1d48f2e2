using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>That everybody can use it, wherever.</summary>
[Collection(nameof(Site))]
public sealed class CraftTests(Site site)
{
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>Every page, and what stands on it when it is all there.</summary>
    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "", ".sweep-list li" },
        { $"?page=sweep&sweep={Site.Trained}", ".leaderboard" },
        { $"?page=trial&sweep={Site.Trained}&trial=1", ".mistake-list li" },
        { $"?page=compare&sweep={Site.Trained}&trials=1,2", ".compared" },
        { "?page=nodes", ".node-list li" },
        { "?page=data", ".class-list li" },
        { "?page=new", ".plan .tiles" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EachPageCanBeReadByEverybodyOnEveryScreen(string query, string last)
    {
        await site.TrainedAsync();
        await using var visit = await site.OpenAsync(query, new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1440, Height = 900 } });
        await Assertions.Expect(visit.Page.Locator(last).First).ToBeVisibleAsync();
        await ShouldBeReadableAsync(visit.Page, $"{query}, light and wide");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.Page.SetViewportSizeAsync(390, 844);
        await ShouldBeReadableAsync(visit.Page, $"{query}, dark and on a phone");
        visit.ShouldBeQuiet();
    }

    private static async Task ShouldBeReadableAsync(IPage page, string where)
    {
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        found.Violations.Where(fault => Grave.Contains(fault.Impact))
            .Select(fault => $"{where}: {fault.Help}: {string.Join("; ", fault.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.ShouldBeLessThanOrEqualTo(0, $"{where} is wider than its window");
    }
}
