using System.CommandLine;
using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Tests.Web;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class WatchCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryStore _temporary = new();
    private readonly LiteStore _store;
    private readonly FakeControl _control = new();
    private readonly StringWriter _output = new();
    private readonly Said _error = new();

    public WatchCommandTests()
    {
        _store = LiteStore.OpenForWriting(_temporary.Folder);
        _store.Add(Sweep());
        _store.Append([Started(Lease(1)), Completed(Lease(1), Result(0.81)), Started(Lease(2)), Completed(Lease(2), Result(0.82))]);
    }

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task ASweepIsFollowedToItsEndAndItsLeaderboardIsShown()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);
        var watching = RunAsync("watch", "quick");
        await SaysAsync("[12/30] quick: 2 trials on 2 slots of 1 node; best quick/7 0.8912; about 5 min 00 s left\n");
        _control.Sweep = FakeControl.Quick with { Finished = 13, Activity = SweepActivity.Paused, SecondsLeft = null };
        await SaysAsync("[13/30] quick paused: 2 trials");
        End(SweepEnd.Complete);

        (await watching.WaitAsync(Patience)).ShouldBe(0);

        _output.ToString().ShouldContain("Winner: quick/2");
        _error.ToString().Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task WithoutANameTheOneThatRunsIsFollowed()
    {
        _store.Add(Sweep("later") with { End = SweepEnd.Complete });
        await using var server = await _control.ServeAsync(_temporary.Folder);
        var watching = RunAsync("watch");
        await SaysAsync("[12/30] quick: ");
        End(SweepEnd.Complete);

        (await watching.WaitAsync(Patience)).ShouldBe(0);

        _output.ToString().ShouldContain("Winner: quick/2");
    }

    [Fact]
    public async Task ACoordinatorThatIsStartedAgainIsWaitedFor()
    {
        Task<int> watching;
        await using (await _control.ServeAsync(_temporary.Folder))
        {
            watching = RunAsync("watch", "quick");
            await SaysAsync("[12/30]");
        }
        await SaysAsync("quick: its coordinator is away; waiting until it is back\n");
        _control.Sweep = FakeControl.Quick with { Finished = 14 };
        await using var again = await _control.ServeAsync(_temporary.Folder);
        await SaysAsync("[14/30]");
        End(SweepEnd.Complete);

        (await watching.WaitAsync(Patience)).ShouldBe(0);
    }

    [Fact]
    public async Task OneThatEndedEarlyGivesItsReasonAndTheExitCodeOfFailure()
    {
        _store.Append([new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.TooManyFailed, "3 trials have failed")]);

        (await RunAsync("watch", "quick")).ShouldBe(1);

        _error.ToString().ShouldBe("quick is too many failed: 3 trials have failed\nquick stands at 2 of 4 trials. Go on with it: ./fsweep resume quick\n");
        _output.ToString().ShouldContain("So far: quick/2");
    }

    [Fact]
    public async Task OneThatNobodyWorksOnIsNotWaitedFor() =>
        (await Should.ThrowAsync<InputException>(() => RunAsync("watch"))).Message.ShouldBe(
            "quick is interrupted at 2 of 4 trials, and nobody works on it: ./fsweep resume quick");

    [Fact]
    public async Task OneThatIsNotThereIsNotWaitedFor() =>
        (await Should.ThrowAsync<InputException>(() => RunAsync("watch", "quik"))).Message.ShouldContain("quick");

    [Fact]
    public async Task ASubmittedSweepCanBeWatched()
    {
        _control.IsStanding = true;
        var file = Path.Combine(Path.GetDirectoryName(_temporary.Folder.Path)!, "sweep.yaml");
        await File.WriteAllTextAsync(file, "method: grid\nparameters: {depth: 1}\n");
        await using var server = await _control.ServeAsync(_temporary.Folder);
        var watching = RunAsync("submit", file, "--watch");
        await SaysAsync("[12/30]");
        End(SweepEnd.Complete);

        (await watching.WaitAsync(Patience)).ShouldBe(0);

        _output.ToString().ShouldContain("Winner: quick/2");
    }

    [Fact]
    public void OnATerminalItIsDrawnOverItself()
    {
        using var screen = new LiveScreen(80);
        using (var view = new WatchView(screen, () => new Terminal(Interactive: true, Colour: false, 80, 30)))
        {
            view.Show(
                FakeControl.Quick with { Best = null, Nodes = 0, Slots = 0, Running = 0, SecondsLeft = null }, FakeControl.Quick.StartedAt.AddSeconds(10));
            screen.Lines().ShouldBe(
            [
                "quick  █████████▎░░░░░░░░░░░░░  12/30 trials  estimating, 10 s so far, 1 failed", "  in work  nothing: no node is connected",
                "  best     no trial completed yet",
            ]);
            view.Say("quick: its coordinator is away");
            view.Show(FakeControl.Quick, FakeControl.Quick.StartedAt.AddSeconds(20));
            screen.Lines()[0].ShouldBe("quick: its coordinator is away");
            screen.Lines().Skip(2).ShouldBe(["  in work  2 trials on 2 slots of 1 node", "  best     quick/7  validation accuracy 0.8912"]);
            screen.IsCursorHidden.ShouldBeTrue();
        }
        screen.IsCursorHidden.ShouldBeFalse();
        screen.Lines().ShouldBe(["quick: its coordinator is away"]);
    }

    private void End(SweepEnd end)
    {
        _store.Append([new SweepEvent.SweepEnded(At(9), "quick", end)]);
        _control.Sweep = FakeControl.Quick with { Sweep = "another" };
    }

    private async Task SaysAsync(string what)
    {
        for (var until = TimeProvider.System.GetUtcNow() + Patience; ; await Task.Delay(20))
        {
            if (_error.ToString().Contains(what, StringComparison.Ordinal)) return;
            TimeProvider.System.GetUtcNow().ShouldBeLessThan(until, _error.ToString());
        }
    }

    private Task<int> RunAsync(string verb, params string[] arguments)
    {
        var command = verb == "watch" ? WatchCommand.Create(TrainerCatalog.Parameters) : SubmitCommand.Create(TrainerCatalog.Parameters);
        var parsed = command.Parse([.. arguments, "--store", _temporary.Folder.Path]);
        parsed.Errors.ShouldBeEmpty();
        return parsed.InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error, EnableDefaultExceptionHandler = false });
    }

    // Read while it is written.
    private sealed class Said : StringWriter
    {
        private readonly Lock _gate = new();

        public override void Write(string? value)
        {
            lock (_gate) base.Write(value);
        }

        public override string ToString()
        {
            lock (_gate) return base.ToString();
        }
    }
}
