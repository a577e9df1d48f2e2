using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>That everybody can use it, wherever.</summary>
[Collection(nameof(Site))]
public sealed class CraftTests(Site site)
{
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
        await visit.ShouldBeReadableAsync($"{query}, light and wide");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.ShouldBeReadableAsync($"{query}, dark and on a phone");
        visit.ShouldBeQuiet();
    }
}
