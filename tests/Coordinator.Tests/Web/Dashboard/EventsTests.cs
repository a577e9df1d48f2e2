using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>Events over the wire.</summary>
public sealed class EventsTests : ServedDashboard
{
    [Fact]
    public async Task AReaderIsToldHowAllStandsAndThenWhatHappens()
    {
        using var reader = await FollowAsync();
        var first = await reader.NextAsync();
        first.Type.ShouldBe("status");
        first.Data["sweeps"]![0]!["name"]!.GetValue<string>().ShouldBe("quick");
        // Whoever watches has asked for the document.
        await GetAsync("trials?sweep=quick");
        Happens(Ended(Lease(4), Epoch(1, 0.77), 8));
        var epoch = await reader.NextAsync("epoch");
        epoch.Data["trial"]!.GetValue<int>().ShouldBe(4);
        epoch.Data["values"]!["validation_accuracy"]!.GetValue<double>().ShouldBe(0.77);
        var status = await reader.NextAsync("status");
        status.Data["sweeps"]!.AsArray().Count.ShouldBe(1);
        Happens(Completed(Lease(4), Result(0.95), 9));
        JsonNode trials;
        do trials = (await reader.NextAsync("trials")).Data;
        while (trials["columns"]!["state"]!["words"]![0]!.GetValue<string>() != "completed");
        Values<int?>(trials["columns"]!["rank"]).ShouldBe([1]);
        trials["whole"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task AfterARestartOfTheCoordinatorHisIdMeansNothing()
    {
        string id;
        using (var reader = await FollowAsync()) id = (await reader.NextAsync()).Id;
        using var next = CreateDashboard();
        using var client = await ListenAsync(routes => next.Map(routes.MapGroup("/v1")));
        using var again = await FollowAsync(client, id);
        (await again.NextAsync()).Type.ShouldBe("reset");
        using var same = await FollowAsync(Client, id);
        Happens(Completed(Lease(4), second: 9));
        (await same.NextAsync()).Type.ShouldNotBe("reset");
    }

    private Task<Follower> FollowAsync() => FollowAsync(Client, null);

    private static async Task<Follower> FollowAsync(HttpClient client, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/dashboard/events?sweep=quick");
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new Follower(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    private sealed record Follower(HttpResponseMessage Response, StreamReader Lines) : IDisposable
    {
        public async Task<(string Id, string Type, JsonNode Data)> NextAsync(string? type = null)
        {
            while (true)
            {
                var (id, named, data) = ("", "", "");
                for (string? line; (line = await Lines.ReadLineAsync()) is { Length: > 0 };)
                {
                    if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
                    if (line.StartsWith("event: ", StringComparison.Ordinal)) named = line[7..];
                    if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                }
                if (data.Length > 0 && (type ?? named) == named) return (id, named, JsonNode.Parse(data)!);
            }
        }

        public void Dispose()
        {
            Lines.Dispose();
            Response.Dispose();
        }
    }
}
