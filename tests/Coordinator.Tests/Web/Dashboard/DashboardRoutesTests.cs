using System.Net;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Records;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>What is told of sweeps.</summary>
public sealed class DashboardRoutesTests : ServedDashboard
{
    [Fact]
    public async Task SweepsAreListedWithWhatTheyAreAndWhatTheyTake()
    {
        Store.Add(Sweep("later"));
        var all = await GetAsync("sweeps");
        all["read_only"]!.GetValue<bool>().ShouldBeFalse();
        Values<string>(all["can"]).ShouldBe(["submit", "drain"]);
        Values<string>(new JsonArray([.. all["sweeps"]!.AsArray().Select(sweep => sweep!["name"]!.DeepClone())])).ShouldBe(["later", "quick"]);
        var quick = all["sweeps"]![1]!;
        quick["state"]!.GetValue<string>().ShouldBe("running");
        quick["finished"]!.GetValue<int>().ShouldBe(3);
        quick["failed"]!.GetValue<int>().ShouldBe(1);
        quick["metric"]!.ToJsonString().ShouldBe("""{"name":"validation_accuracy","goal":"maximize"}""");
        quick["objectives"]!.ToJsonString().ShouldBe("""[{"name":"validation_accuracy","goal":"maximize"}]""");
        quick["best"]!.ToJsonString().ShouldBe("""{"trial":2,"value":0.9}""");
        Values<double>(quick["spark"]).ShouldBe([0.8, 0.9, 0.9]);
        Values<string>(quick["can"]).ShouldBe(["pause", "cancel", "extend", "rerun_failed"]);
        // Its coordinator died, as far as this one knows.
        var later = all["sweeps"]![0]!;
        later["state"]!.GetValue<string>().ShouldBe("stopped");
        Values<string>(later["can"]).ShouldBe(["resume", "cancel", "extend"]);
    }

    [Fact]
    public async Task ASweepSaysWhatItSearchesAndHowSureItsFirstPlaceIs()
    {
        Happens(new SweepEvent.SweepChanged(At(8), "quick", new SweepChange.Paused(), 4));
        var page = await GetAsync("sweep?sweep=quick");
        page["method"]!.GetValue<string>().ShouldBe("random");
        page["sweep"]!["name"]!.GetValue<string>().ShouldBe("quick");
        page["parameters"]!.AsArray().Select(one => $"{one!["name"]} {one["kind"]} {one["log"]}").ShouldBe(
            ["optimizer word false", "learning_rate number true", "momentum number false"], ignoreOrder: true);
        page["parameters"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "learning_rate")!["low"]!.GetValue<double>().ShouldBe(0.0001, 1e-12);
        page["changes"]![0]!["text"]!.GetValue<string>().ShouldBe("paused");
        page["first_place"]!.GetValue<string>().ShouldContain("The first place is sure");
        page["epochs"]!.GetValue<int>().ShouldBe(3);
        page["fault"].ShouldBeNull();
    }

    [Fact]
    public async Task AFileThatIsNotReadAnyMoreLeavesItsTrialsToBeSeen()
    {
        Store.Add(Sweep("odd") with { Source = "method: none of ours" });
        (await GetAsync("sweep?sweep=odd"))["fault"]!.GetValue<string>().ShouldContain("method");
        (await GetAsync("trials?sweep=odd"))["columns"]!["number"]!.AsArray().ShouldBeEmpty();
        (await GetAsync("importance?sweep=odd"))["why"]!.GetValue<string>().ShouldContain("does not read");
    }

    [Fact]
    public async Task TrialsComeInColumns()
    {
        var sheet = await GetAsync("trials?sweep=quick");
        sheet["whole"]!.GetValue<bool>().ShouldBeTrue();
        var columns = sheet["columns"]!;
        Values<int>(columns["number"]).ShouldBe([1, 2, 3, 4]);
        Values<int?>(columns["rank"]).ShouldBe([2, 1, null, null]);
        Words(columns["state"]!).ShouldBe(["completed", "completed", "failed", "running"]);
        Words(columns["node"]!).ShouldBe(["node-1", "node-1", "node-1", "node-1"]);
        Values<double?>(columns["started_at"]).ShouldBe([1, 2, 5, 7]);
        Values<double?>(columns["seconds"]).ShouldBe([3, 4, 2, null]);
        Values<double?>(sheet["metrics"]!["validation_accuracy"]).ShouldBe([0.8, 0.9, null, null]);
        Values<double?>(sheet["metrics"]!["parameter_count"]).ShouldBe([109_386, 109_386, null, null]);
        var parameters = sheet["parameters"]!;
        parameters.AsObject().Select(one => one.Key).ShouldBe(["optimizer", "learning_rate", "momentum"], ignoreOrder: true);
        Words(parameters["optimizer"]!).ShouldBe(["sgd", "adam", "adam", "sgd"]);
        Values<double?>(parameters["learning_rate"]).ShouldBe([0.1235, 0.01, 0.02, 0.5]);
        // What does nothing is not set.
        Values<double?>(parameters["momentum"]).ShouldBe([0.5, null, null, 0.1]);
        sheet["constant"]!["epochs"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task WhoSaysWhatHeHasGetsWhatChanged()
    {
        var before = (await GetAsync("trials?sweep=quick"))["revision"]!.GetValue<string>();
        Happens(Completed(Lease(4), Result(0.95), 9));
        var news = await GetAsync($"trials?sweep=quick&since={before}");
        news["whole"]!.GetValue<bool>().ShouldBeFalse();
        news["since"]!.GetValue<string>().ShouldBe(before);
        Values<int>(news["columns"]!["number"]).ShouldBe([4]);
        Values<int?>(news["columns"]!["rank"]).ShouldBe([1]);
        Values<int?>((await GetAsync("trials?sweep=quick"))["columns"]!["rank"]).ShouldBe([3, 2, null, 1]);
        (await GetAsync("trials?sweep=quick&since=another-7"))["whole"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task CurvesAreOfThoseAskedFor()
    {
        var curves = (await GetAsync("curves?sweep=quick&trials=1,2,99"))["curves"]!.AsArray();
        curves.Select(curve => curve!["trial"]!.GetValue<int>()).ShouldBe([1, 2]);
        Values<int>(curves[0]!["epochs"]).ShouldBe([1, 2]);
        Values<double>(curves[0]!["values"]!["validation_accuracy"]).ShouldBe([0.8, 0.85]);
        (await RefusalAsync("curves?sweep=quick&trials=1,x", HttpStatusCode.BadRequest)).ShouldContain("1,2,17");
    }

    [Fact]
    public async Task TheTimelineSaysWhatRanWhereAndWhen()
    {
        var timeline = await GetAsync("timeline?sweep=quick");
        timeline["slots"]!.AsArray().Select(slot => $"{slot!["node"]} {slot["slot"]}").ShouldBe(["node-1 1", "node-1 2"]);
        timeline["spans"]!.AsArray().Select(span => $"{span!["trial"]} {span["slot"]} {span["from"]} {span["to"]} {span["end"]}")
            .ShouldBe(["1 0 1 4 completed", "2 1 2 6 completed", "3 0 5 7 failed", "4 0 7  running"]);
    }

    [Fact]
    public async Task WithTooFewTrialsThereIsNoTellingWhatMatters() =>
        (await GetAsync("importance?sweep=quick"))["why"]!.GetValue<string>().ShouldContain("at least 6");

    [Theory]
    [InlineData("sweep?sweep=none")]
    [InlineData("trials?sweep=none")]
    [InlineData("timeline?sweep=none")]
    [InlineData("importance?sweep=none")]
    public async Task AnUnknownSweepIsSaidToBeUnknown(string path) => (await RefusalAsync(path, HttpStatusCode.NotFound)).ShouldBe("there is no sweep none");

    private async Task<string> RefusalAsync(string path, HttpStatusCode code)
    {
        using var response = await Client.GetAsync($"v1/dashboard/{path}");
        response.StatusCode.ShouldBe(code);
        return await Problems.DetailAsync(response);
    }

    private static IEnumerable<string> Words(JsonNode column)
    {
        var words = Values<string>(column["words"]).ToList();
        return Values<int>(column["codes"]).Select(code => words[code]);
    }
}
