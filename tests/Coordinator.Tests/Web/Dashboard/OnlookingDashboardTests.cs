using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>A page that looks at the store of another process, at rest and in work. It changes nothing.</summary>
public sealed class OnlookingDashboardTests : ServedDashboard
{
    [Fact]
    public async Task ItShowsTheStoreAtRestAndItsCoordinatorWhileOneRuns()
    {
        using var coordinator = CoordinatorClient.Of(Folder);
        using var dashboard = new OnlookingDashboard(new LocalPlace(Folder), coordinator, TrainerCatalog.Parameters, data: null, TimeProvider.System, Log.Add);
        var listen = WebOptions.Parse("http://127.0.0.1:0", null, null, insecure: false, _ => null);
        using var client = Reach(await dashboard.ListenAsync(listen));

        Quick(await GetAsync(client, "sweeps"))["state"]!.GetValue<string>().ShouldBe("stopped");
        (await GetAsync(client, "trials?sweep=quick"))["columns"]!["number"]!.AsArray().Count.ShouldBe(4);
        await using (var socket = await ControlServer.StartAsync(Folder, Map, Log.Add))
        {
            var running = Quick(await GetAsync(client, "sweeps"));
            running["state"]!.GetValue<string>().ShouldBe("running");
            running["can"]!.AsArray().ShouldBeEmpty();
            JsonNode.Parse(await client.GetStringAsync("v1/status"))!["is_standing"]!.GetValue<bool>().ShouldBeTrue();
            await RefusesAsync(client);
        }
        Quick(await GetAsync(client, "sweeps"))["state"]!.GetValue<string>().ShouldBe("stopped");
        await RefusesAsync(client);
        Log.ShouldBeEmpty();
    }

    private async Task RefusesAsync(HttpClient client)
    {
        (await GetAsync(client, "sweeps"))["read_only"]!.GetValue<bool>().ShouldBeTrue();
        using var pause = await client.PostAsJsonAsync("v1/sweeps/quick", new { request = "pause" });
        pause.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Problems.DetailAsync(pause)).ShouldContain("./fsweep pause quick --store");
        using var mark = await MarkAsync(client, 1, new { star = true, note = "", tags = Array.Empty<string>() });
        mark.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Problems.DetailAsync(mark)).ShouldContain("only looks on");
        Control.Asked.ShouldBeEmpty();
        Store.Marks("quick").ShouldBeEmpty();
    }

    private static JsonNode Quick(JsonNode all) => all["sweeps"]!.AsArray().ShouldHaveSingleItem()!;
}
