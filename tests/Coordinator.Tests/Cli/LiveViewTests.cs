using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class LiveViewTests : IDisposable
{
    private static readonly NodeDescription TwoSlots = new(Node, 2, "managed", "a processor", 1);

    private readonly LiveScreen _screen = new(width: 100);
    private readonly ManualClock _clock = new();

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void TheScreenShowsTheWholeEachSlotAndTheBest()
    {
        using var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)), Started(Lease(2)), Completed(Lease(1), Result(0.9)), Ended(Lease(2), Epoch(4, 0.85)));
        _clock.Advance(0.1);
        var lines = _screen.Lines();
        lines.Count.ShouldBe(4);
        lines[0].ShouldStartWith("quick  ███");
        lines[0].ShouldContain("1/4 trials");
        lines[1].Trim().ShouldBe("node-1 slot 1  waiting");
        lines[2].ShouldContain("quick/2");
        lines[2].ShouldContain("epoch 5/10   loss 0.5100  validation accuracy 0.8500");
        lines[3].ShouldBe("  best  quick/1  validation accuracy 0.9000");
    }

    [Fact]
    public void NewFramesCoverTheOldOnesAndTroublesStayAbove()
    {
        using var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)));
        _clock.Advance(0.1);
        Tell(view, new SweepEvent.NodeLost(At(1), Node, "ended with signal 9"), Lost(Lease(1)));
        _clock.Advance(0.1);
        _screen.Lines().Select(line => line.Split("  ")[0]).ShouldBe(["node-1 lost: ended with signal 9; its trials run again", "quick", ""]);
    }

    [Fact]
    public void APausedSweepSaysSoWhereTheTimeLeftStands()
    {
        using var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)), new SweepEvent.SweepChanged(At(1), "quick", new SweepChange.Paused(), 4));
        _clock.Advance(0.1);
        _screen.Lines()[1].ShouldContain("0/4 trials  paused");

        Tell(view, new SweepEvent.SweepChanged(At(2), "quick", new SweepChange.Resumed(), 4));
        _clock.Advance(0.1);
        _screen.Lines()[2].ShouldContain("0/4 trials  estimating");
    }

    [Fact]
    public void PrunedTrialsAreCountedAndNotListed()
    {
        using var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)), new SweepEvent.TrialFinished(At(1), Lease(1), TrialState.Pruned, null, "worse than the median"));
        _clock.Advance(0.1);
        _screen.Lines()[0].ShouldContain("1/4 trials");
        _screen.Lines()[0].ShouldContain(", 1 pruned");
    }

    [Fact]
    public void ManyEventsAreDrawnOnceAFrameAndQuietOnlyOnceASecond()
    {
        using var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)));
        for (var epoch = 1; epoch <= 500; epoch++) view.On(Ended(Lease(1), Epoch(epoch)));
        _clock.Advance(0.1);
        _screen.Writes.ShouldBe(1);
        _clock.Advance(0.5);
        _screen.Writes.ShouldBe(1);
        _clock.Advance(0.5);
        _screen.Writes.ShouldBe(2);
    }

    [Fact]
    public void AtTheEndTheBlockGivesWayToOneLineAndTheCursorIsBack()
    {
        var view = Open();
        Tell(view, Begun, Connected, Started(Lease(1)));
        _clock.Advance(0.1);
        _screen.IsCursorHidden.ShouldBeTrue();
        Tell(view, new SweepEvent.SweepEnded(At(1), "quick", SweepEnd.Stopped));
        view.Dispose();
        view.Dispose();
        _screen.IsCursorHidden.ShouldBeFalse();
        _screen.Lines().ShouldBe(["quick: 0 of 4 trials finished; stopped after 0.1 s"]);
    }

    [Fact]
    public async Task ATerminalThatStopsReadingHoldsUpNothingButWhatIsDrawn()
    {
        using var terminal = new StoppedTerminal();
        var view = new LiveView(terminal, () => new Terminal(Interactive: true, Colour: false, 100, 30), _clock, SweepProgress.None);
        Tell(view, Begun, Connected, Started(Lease(1)));
        var drawing = Task.Run(() => _clock.Advance(0.1));
        await terminal.Stopped;

        var others = Task.Run(() =>
        {
            Tell(view, Ended(Lease(1), Epoch(1)));
            _clock.Advance(1);
        });
        await others.WaitAsync(TimeSpan.FromMinutes(1));
        terminal.GoOn();
        await drawing;

        terminal.ToString().ShouldNotContain("epoch 2/10");
        _clock.Advance(0.1);
        terminal.ToString().ShouldContain("epoch 2/10");
        view.Dispose();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(80)]
    public void ANarrowTerminalGetsShorterLines(int width)
    {
        SweepEvent[] events = [Begun, Connected, Started(Lease(1)), Started(Lease(2)), Ended(Lease(1), Epoch(1)), Completed(Lease(2))];
        var progress = events.Aggregate(SweepProgress.None, (sum, happened) => sum.On(happened));
        foreach (var line in LiveFrame.Lines(progress, At(9), width, 30)) line.Render(width, colour: false).Length.ShouldBeLessThanOrEqualTo(width);
    }

    [Fact]
    public void MoreSlotsThanLinesAreSummedUp()
    {
        var progress = SweepProgress.None.On(Begun).On(new SweepEvent.NodeConnected(At(0), TwoSlots with { Slots = 64 }));
        var lines = LiveFrame.Lines(progress, At(1), 80, height: 10);
        lines.Count.ShouldBeLessThan(10);
        lines[^2].Render(80, colour: false).ShouldBe("  … and 59 slots more");
    }

    [Fact]
    public void ABlockFindsItsStartOnATerminalThatWasMadeNarrower()
    {
        using var output = new StringWriter();
        var block = new LiveBlock(output, colour: false);
        LiveText[] lines = [new LiveText().Add(new string('a', 90)), new LiveText().Add("b")];
        block.Draw([], lines, width: 100);
        output.GetStringBuilder().Clear();
        block.Draw([], lines, width: 40);
        // 90 characters have become three rows of 40, and the cursor stands in the row after them.
        output.ToString().ShouldStartWith("\e[?25l\r\e[3A");
    }

    private static SweepEvent Begun => new SweepEvent.SweepStarted(Start, "quick", 4, 0);

    private static SweepEvent Connected => new SweepEvent.NodeConnected(Start, TwoSlots);

    private LiveView Open() => new(_screen, () => new Terminal(Interactive: true, Colour: false, 100, 30), _clock, SweepProgress.None);

    private static void Tell(LiveView view, params SweepEvent[] events)
    {
        foreach (var happened in events) view.On(happened);
    }

    /// <summary>Takes the first frame when it is told to go on.</summary>
    private sealed class StoppedTerminal : StringWriter
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goesOn = new();

        public Task Stopped => _stopped.Task;

        public void GoOn() => _goesOn.SetResult();

        public override void Write(System.Text.StringBuilder? value)
        {
            _stopped.TrySetResult();
            _goesOn.Task.Wait();
            base.Write(value);
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];
        private DateTimeOffset _now = Start;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((callback, state));
            return new Timer();
        }

        /// <summary>In frames of a tenth of a second.</summary>
        public void Advance(double seconds)
        {
            for (var frame = 1; frame <= Math.Round(seconds * 10); frame++)
            {
                _now = _now.AddSeconds(0.1);
                foreach (var (callback, state) in _timers) callback(state);
            }
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
