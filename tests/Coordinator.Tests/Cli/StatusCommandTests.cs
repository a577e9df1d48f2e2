using System.CommandLine;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Tests.Web;
using FashionSweep.Shared.Faults;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class StatusCommandTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public StatusCommandTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep("done") with { End = SweepEnd.Complete });
        store.Add(Sweep());
        store.Append(
        [
            Started(Lease(1)), Completed(Lease(1), Result(0.81)), Started(Lease(2)), Completed(Lease(2), Result(0.82)), Started(Lease(3)), Failed(Lease(3)),
            Started(Lease(4)),
        ]);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task WithoutACoordinatorWhatIsStoredIsShownAndHowToGoOn()
    {
        var text = await RunAsync("quick");

        foreach (var part in new[]
        {
            $"No sweep runs in {_temporary.Folder}.", "quick  interrupted, 3 of 4 trials finished", "failed  1 trial\n",
            "best    quick/2, validation accuracy 0.8200",
            "Next: ./fsweep resume quick\n",
        }) text.ShouldContain(part);
        text.ShouldNotContain("in work");
        text.ShouldNotContain('\e');
    }

    [Fact]
    public async Task ACompleteSweepHasNothingToGoOnWith()
    {
        var text = await RunAsync("done");
        text.ShouldContain("done  complete, 0 of 4 trials finished");
        text.ShouldContain("Next: ./fsweep leaderboard done");
    }

    [Fact]
    public async Task WithoutANameEverySweepIsListedTheLatestFirst()
    {
        var text = await RunAsync();
        text.ShouldContain("  quick  interrupted       3/4       1  quick/2  0.8200");
        text.ShouldContain("  done   complete          0/4       0");
        text.IndexOf("quick  interrupted", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("done   complete", StringComparison.Ordinal));
        text.ShouldContain("Next: ./fsweep resume quick");
    }

    [Fact]
    public async Task ARunningSweepIsShownByWhatItsCoordinatorSays()
    {
        await using var server = await new FakeControl().ServeAsync(_temporary.Folder);

        var text = await RunAsync();

        foreach (var part in new[]
        {
            "quick  running, 12 of 30 trials finished", "in work 2 trials on 2 slots of 1 node", "best    quick/7, validation accuracy 0.8912",
            "left    about 5 min 00 s",
            "done   complete", "Next: ./fsweep leaderboard quick",
        }) text.ShouldContain(part);
        text.ShouldNotContain("No sweep runs");
    }

    [Fact]
    public async Task AClusterWithoutNodesSaysThatNothingRunsAndHowToStartOne()
    {
        await using var server = await new FakeControl
        {
            IsStanding = true,
            Sweep = FakeControl.Quick with { Nodes = 0, Slots = 0, Running = 0, Awaited = new Dictionary<string, int> { ["torchsharp"] = 12 } },
        }.ServeAsync(_temporary.Folder);

        var text = await RunAsync("quick");

        text.ShouldContain("in work nothing: no node is connected");
        text.ShouldContain("waiting no node has torchsharp, which 12 trials wait for");
        text.ShouldContain($"Next: ./fsweep node --join HOST:PORT --store {_temporary.Folder}\n");
    }

    [Fact]
    public async Task APausedSweepSaysHowItGoesOn()
    {
        var paused = new FakeControl { Sweep = FakeControl.Quick with { Activity = SweepActivity.Paused, Best = null, SecondsLeft = null } };
        await using var server = await paused.ServeAsync(_temporary.Folder);

        var text = await RunAsync("quick");

        text.ShouldContain("quick  paused, 12 of 30 trials finished");
        text.ShouldNotContain("left");
        text.ShouldEndWith("Next: ./fsweep resume quick\n");
    }

    [Fact]
    public async Task OfAnotherSweepItSaysWhichOneRuns()
    {
        await using var server = await new FakeControl().ServeAsync(_temporary.Folder);

        var text = await RunAsync("done");

        text.ShouldContain($"quick runs in {_temporary.Folder}.");
        text.ShouldContain("done  complete, 0 of 4 trials finished");
    }

    [Fact]
    public async Task JsonHasTheSameShapeForARunningSweepAndForOneAtRest()
    {
        using var resting = JsonDocument.Parse(await RunAsync("--format", "json"));
        await using var server = await new FakeControl().ServeAsync(_temporary.Folder);
        using var running = JsonDocument.Parse(await RunAsync("--format", "json"));

        resting.RootElement.GetProperty("running").GetArrayLength().ShouldBe(0);
        running.RootElement.GetProperty("running")[0].GetString().ShouldBe("quick");
        var (atRest, atWork) = (resting.RootElement.GetProperty("sweeps")[1], running.RootElement.GetProperty("sweeps")[1]);
        atRest.EnumerateObject().Select(property => property.Name).ShouldBe(atWork.EnumerateObject().Select(property => property.Name));
        (atRest.GetProperty("state").GetString(), atWork.GetProperty("state").GetString()).ShouldBe(("interrupted", "running"));
        (atRest.GetProperty("can_resume").GetBoolean(), atWork.GetProperty("can_resume").GetBoolean()).ShouldBe((true, false));
        atRest.GetProperty("best").GetProperty("trial").GetString().ShouldBe("quick/2");
        atWork.GetProperty("seconds_left").GetDouble().ShouldBe(300);
        atRest.GetProperty("slots").ValueKind.ShouldBe(JsonValueKind.Null);
        running.RootElement.GetProperty("sweeps").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task WhatWasChangedOnASweepIsListedWithItsTime()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder))
            store.Append(
            [
                new SweepEvent.SweepChanged(At(60), "quick", new SweepChange.Extended([], new Dictionary<string, string>(), 10), 14),
                new SweepEvent.SweepChanged(At(120), "quick", new SweepChange.Paused(), 14),
            ]);

        var text = await RunAsync("quick");

        text.ShouldContain(
            $"  changes {At(60).ToLocalTime():yyyy-MM-dd HH:mm:ss zzz} extended by 10 trials\n"
            + $"          {At(120).ToLocalTime():yyyy-MM-dd HH:mm:ss zzz} paused\n");
        using var document = JsonDocument.Parse(await RunAsync("quick", "--format", "json"));
        var changes = document.RootElement.GetProperty("sweeps")[0].GetProperty("changes");
        changes[0].GetProperty("change").GetProperty("change").GetString().ShouldBe("extended");
        changes[0].GetProperty("change").GetProperty("configurations").GetInt32().ShouldBe(10);
        changes[1].GetProperty("at").GetDateTimeOffset().ShouldBe(At(120));
    }

    [Fact]
    public async Task AnUnknownSweepIsSaidWithTheOneThatWasMeant() =>
        (await Should.ThrowAsync<InputException>(() => RunAsync("quik"))).Message.ShouldEndWith("did you mean quick?");

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        (await StatusCommand.Create().Parse([.. arguments, "--store", _temporary.Folder.Path]).InvokeAsync(configuration)).ShouldBe(0);
        return output.ToString();
    }
}
