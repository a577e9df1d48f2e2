using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>What others say is text; who does not bear the token does and sees nothing.</summary>
[Collection(nameof(Site))]
public sealed class SafetyTests(Site site)
{
    private const string Hostile = "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>";

    // What a page decides by; all else that it is told is for people.
    private static readonly string[] Decisive =
    [
        "state", "goal", "kind", "can", "sweep", "revision", "since", "started_at", "ended_at", "at", "href", "pixels", "mean", "samples", "deviation",
    ];

    [Theory]
    [InlineData("")]
    [InlineData($"?page=sweep&sweep={Site.Trained}")]
    [InlineData($"?page=trial&sweep={Site.Trained}&trial=1")]
    [InlineData($"?page=compare&sweep={Site.Trained}&trials=1,2")]
    [InlineData("?page=nodes")]
    [InlineData("?page=new")]
    public async Task HostileWordsAreShownAsText(string query)
    {
        await site.TrainedAsync();
        await using var visit = await site.OpenAsync("?page=data");
        await visit.Page.RouteAsync(IsAsked, SpoilAsync);
        // What comes live is as harmless as ever, and would stand in the spoiled one's place: it is never answered.
        await visit.Page.RouteAsync(IsLive, _ => Task.CompletedTask);

        await visit.GoAsync(query);

        await Assertions.Expect(visit.Page.GetByText("<img src=x").Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        (await visit.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);
        (await visit.Page.EvaluateAsync<bool>("'hurt' in window")).ShouldBeFalse();
        visit.ShouldBeQuiet();
    }

    [Fact]
    public async Task WithoutTheTokenThePageAsksForItAndNothingIsDone()
    {
        await site.TrainedAsync();
        await using var visit = await site.OpenAsync("", token: null);
        var asked = visit.Page.GetByLabel("Token", new() { Exact = true });
        await Assertions.Expect(asked).ToBeVisibleAsync();
        await visit.ShouldBeReadableAsync("a page that asks for the token");
        const string Cancel = """
            name => fetch(`v1/sweeps/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"request":"cancel"}' })
              .then(answer => answer.status)
            """;
        var refused = await visit.Page.EvaluateAsync<int>(Cancel, Site.Trained);
        refused.ShouldBe((int)HttpStatusCode.Unauthorized);

        await asked.FillAsync(Site.Token);
        await visit.Button("Use it").ClickAsync();

        await Assertions.Expect(visit.Page.Locator($"[data-sweep={Site.Trained}]")).ToContainTextAsync("finished");
        visit.ShouldBeQuiet(but: "401");
    }

    private static bool IsAsked(string address) => new Uri(address).AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal) && !IsLive(address);

    private static bool IsLive(string address) => new Uri(address).AbsolutePath.EndsWith("/events", StringComparison.Ordinal);

    private static async Task SpoilAsync(IRoute route)
    {
        var answer = await route.FetchAsync();
        var said = JsonNode.Parse(await answer.TextAsync());
        // A list of sweeps shows their names; other pages look things up by names.
        Spoil(said, new Uri(route.Request.Url).AbsolutePath.EndsWith("/sweeps", StringComparison.Ordinal) ? Decisive : [.. Decisive, "name"]);
        await route.FulfillAsync(new() { Response = answer, Body = said?.ToJsonString() });
    }

    private static void Spoil(JsonNode? node, string[] spared)
    {
        if (node is JsonArray values)
        {
            for (var i = 0; i < values.Count; i++)
                if (values[i] is JsonValue value && value.TryGetValue<string>(out var text)) values[i] = text + Hostile;
                else Spoil(values[i], spared);
        }
        else if (node is JsonObject entries)
        {
            foreach (var (name, entry) in entries.ToList())
                if (spared.Contains(name)) continue;
                else if (entry is JsonValue value && value.TryGetValue<string>(out var text)) entries[name] = text + Hostile;
                else Spoil(entry, spared);
        }
    }
}
