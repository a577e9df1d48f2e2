using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>What is told of single trials, and noted on them.</summary>
public sealed class TrialRoutesTests : ServedDashboard
{
    private const string Hostile = "<script>alert(1)</script>\u2028\"'&";

    [Fact]
    public async Task ATrialSaysAllThatIsRecordedOfIt()
    {
        var trial = await GetAsync("trial?sweep=quick&number=1");
        trial["rank"]!.GetValue<int>().ShouldBe(2);
        trial["state"]!.GetValue<string>().ShouldBe("completed");
        var optimizer = trial["configuration"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "learning_rate")!;
        optimizer["value"]!.GetValue<double>().ShouldBe(0.123456789);
        optimizer["meaning"]!.GetValue<string>().ShouldNotBeEmpty();
        trial["result"]!["validation"]!["accuracy"]!.GetValue<double>().ShouldBe(0.8);
        trial["report"]!["top_2_accuracy"]!.GetValue<double>().ShouldBe(0.95);
        trial["classes"]!.AsArray().Count.ShouldBe(10);
        Values<int>(trial["confusion"]![0]).Sum().ShouldBe(100);
        trial["attempts"]![0]!["epochs"]!.AsArray().Count.ShouldBe(2);
        trial["layers"]!.AsArray().Count.ShouldBeGreaterThan(1);
        trial["environment"]!["host"]!.GetValue<string>().ShouldBe("a host");
        trial["reproduce"]!.GetValue<string>().ShouldBe("./fsweep reproduce quick/1");
        trial["downloads"]![0]!["href"]!.GetValue<string>().ShouldBe("v1/checkpoints/bb22");
        (await GetAsync("trial?sweep=quick&number=3"))["reason"]!.GetValue<string>().ShouldBe("out of memory");
        using var none = await Client.GetAsync("v1/dashboard/trial?sweep=quick&number=9");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Problems.DetailAsync(none)).ShouldBe("there is no trial quick/9");
    }

    [Fact]
    public async Task WhereAModelCantBeAskedItSaysWhy()
    {
        (await GetAsync("mistakes?sweep=quick&number=1&true=3&predicted=4"))["why"]!.GetValue<string>().ShouldContain("quick/1 has no checkpoint any more");
        (await GetAsync("filters?sweep=quick&number=3"))["why"]!.GetValue<string>().ShouldContain("quick/3 is failed");
        using var wrong = await Client.GetAsync("v1/dashboard/mistakes?sweep=quick&number=1&true=10");
        (await Problems.DetailAsync(wrong)).ShouldBe("true is '10', must be a whole number from 0 to 9");
    }

    [Fact]
    public async Task AFileIsPlannedOrItsFaultsAreSaidAtTheirPlaces()
    {
        var plan = await PlanAsync("method: grid\nparameters: {depth: [1, 2], epochs: 1}");
        plan["faults"]!.AsArray().ShouldBeEmpty();
        plan["plan"]!["trials"]!.GetValue<int>().ShouldBe(2);
        var faults = (await PlanAsync("method: gird\nparameters: {depht: 1}"))["faults"]!.AsArray();
        faults.Select(fault => $"{fault!["line"]}:{fault["column"]}").ShouldBe(["1:9", "2:14"]);
        (await PlanAsync("method: grid\nparameters: {start_from: /etc/first.safetensors, depth: [1, 2]}"))["faults"]![0]!["text"]!.GetValue<string>()
            .ShouldContain("a file can't be submitted");
    }

    [Fact]
    public async Task WhatIsNotedOnATrialIsKeptAsText()
    {
        var revision = (await GetAsync("trials?sweep=quick"))["revision"]!.GetValue<string>();
        using var noted = await MarkAsync(Client, 2, new { star = true, note = $" {Hostile} ", tags = new[] { "good", " good", "", Hostile } });
        noted.StatusCode.ShouldBe(HttpStatusCode.OK);
        var expected = new TrialMark(true, Hostile, ["good", Hostile]);
        Store.Marks("quick")[2].ShouldBe(expected);
        Said(await GetAsync($"trials?sweep=quick&since={revision}"), 2).ShouldBe(expected);
        Said(await GetAsync("trials?sweep=quick"), 2).ShouldBe(expected);
        (await GetAsync("trial?sweep=quick&number=2"))["mark"]!["note"]!.GetValue<string>().ShouldBe(Hostile);
        using (await MarkAsync(Client, 2, new { star = false, note = "", tags = Array.Empty<string>() }))
            (await GetAsync("trials?sweep=quick"))["marks"]!.AsObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"star":true,"note":"n","tags":[null]}""", "tag")]
    [InlineData("""{"star":true,"note":"n"}""", "missing")]
    [InlineData("""{"star":true,"note":"n","tags":[],"stars":1}""", "stars")]
    [InlineData("""{"star":true,"note":"LONG","tags":[]}""", "at most 2000")]
    [InlineData("""{"star":true,"note":"","tags":["LONG"]}""", "at most 40")]
    public async Task ANoteThatIsNoneIsRefusedInWords(string body, string words)
    {
        using var content = new StringContent(body.Replace("LONG", new string('x', 2001), StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var response = await Client.PutAsync("v1/dashboard/mark?sweep=quick&number=2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Problems.DetailAsync(response)).ShouldContain(words);
        Store.Marks("quick").ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutTheTokenNothingIsToldAndNothingDone()
    {
        using var client = await ListenAsync(Map, Token);
        foreach (var path in new[] { "sweeps", "trials?sweep=quick", "events", "data" })
        {
            using var told = await client.GetAsync($"v1/dashboard/{path}");
            told.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using (var refused = await MarkAsync(client, 2, new { star = true, note = "", tags = Array.Empty<string>() }))
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Store.Marks("quick").ShouldBeEmpty();
        Bear(client, Token);
        (await GetAsync(client, "sweeps"))["sweeps"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task APageOfAnotherSiteCantAct()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "v1/dashboard/mark?sweep=quick&number=2")
        {
            Content = JsonContent.Create(new { star = true, note = "", tags = Array.Empty<string>() }),
        };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var response = await Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Store.Marks("quick").ShouldBeEmpty();
    }

    [Fact]
    public void NotesSurviveACopyOfTheStore()
    {
        var mark = new TrialMark(true, "the one", ["best"]);
        Store.Mark(Lease(1).Trial, mark);
        var copy = new StoreFolder(Path.Combine(Folder.Path, "copy"));
        copy.Make();
        using (var to = File.Create(copy.Database)) Folder.CopyDatabase(to, CancellationToken.None);
        using var records = copy.Open();
        records.Marks("quick")[1].ShouldBe(mark);
    }

    private async Task<JsonNode> PlanAsync(string source)
    {
        using var response = await Client.PostAsJsonAsync("v1/dashboard/plan", new { file = "new.yaml", source });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static TrialMark Said(JsonNode sheet, int number) => sheet["marks"]![$"{number}"] is { } mark
        ? new TrialMark(mark["star"]!.GetValue<bool>(), mark["note"]!.GetValue<string>(), [.. Values<string>(mark["tags"])])
        : TrialMark.None;
}
