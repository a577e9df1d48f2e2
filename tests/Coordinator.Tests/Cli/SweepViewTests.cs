using System.Text.Json;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class SweepViewTests
{
    private static readonly SweepEvent[] Story =
    [
        new SweepEvent.SweepStarted(At(0), "quick", 2, 0),
        Started(Lease(1), second: 0), Ended(Lease(1), Epoch(1), 1), Lost(Lease(1), 2),
        new SweepEvent.NodeLost(At(2), Node, "its process ended"),
        Started(Lease(1, 2), second: 3), Completed(Lease(1, 2), Result(0.9), 10),
        Started(Lease(2), second: 10), Failed(Lease(2), second: 20),
        new SweepEvent.SweepEnded(At(20), "quick", SweepEnd.Complete),
    ];

    [Fact]
    public void WithoutATerminalEachFinishedTrialAndEachTroubleIsALine()
    {
        using var output = new StringWriter();
        using (var view = new PlainView(output, SweepProgress.None)) Array.ForEach(Story, view.On);
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "quick: 2 trials",
            "node-1 lost: its process ended; its trials run again",
            "[1/2] quick/1 completed: validation accuracy 0.9000, loss 0.5000, 3 epochs in 4.0 s; best quick/1 0.9000; a few seconds left",
            "[2/2] quick/2 failed: out of memory; best quick/1 0.9000",
            "quick: 2 of 2 trials finished in 20 s, 1 failed, 1 lost and run again",
        ]);
    }

    [Fact]
    public void WithoutATerminalPrunedTrialsAndChangesAreLines()
    {
        using var output = new StringWriter();
        using (var view = new PlainView(output, SweepProgress.None))
        {
            view.On(Story[0]);
            view.On(Started(Lease(1)));
            view.On(new SweepEvent.TrialFinished(At(3), Lease(1), TrialState.Pruned, null, "worse than the median"));
            view.On(new SweepEvent.SweepChanged(At(3), "quick", new SweepChange.FewerTrials(), 1));
            view.On(new SweepEvent.SweepChanged(At(4), "quick", new SweepChange.Paused(), 1));
        }
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "quick: 2 trials",
            "[1/2] quick/1 pruned: worse than the median; a few seconds left",
            "quick: 1 trial now, as others are pruned before they start, or there are no others",
            "quick paused: no trial is started until ./fsweep resume",
        ]);
    }

    [Fact]
    public void ThatNoNodeHasAnEngineIsSaidOnce()
    {
        using var output = new StringWriter();
        using (var view = new PlainView(output, SweepProgress.None))
        {
            view.On(new SweepEvent.EngineAwaited(At(1), "quick", "torchsharp", 1, IsNews: true));
            view.On(new SweepEvent.EngineAwaited(At(2), "quick", "torchsharp", 12, IsNews: false));
            view.On(new SweepEvent.EngineAwaited(At(3), "quick", "torchsharp", 0, IsNews: true));
        }
        output.ToString().ShouldBe("quick: no node has torchsharp, which 1 trial waits for\nquick: nothing waits for torchsharp any more\n");
    }

    [Fact]
    public void ForProgramsEveryEventIsALineOfJson()
    {
        using var output = new StringWriter();
        using (var view = new JsonView(output)) Array.ForEach(Story, view.On);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("event").GetString()).ShouldBe(
            ["sweep_started", "trial_started", "epoch_ended", "attempt_ended", "node_lost", "trial_started", "trial_finished", "trial_started",
                "trial_finished", "sweep_ended"]);
        lines[3].GetProperty("end").GetString().ShouldBe("lost");
        lines[6].GetProperty("lease").ToString().ShouldBe("""{"trial":"quick/1","node":"node-1","attempt":2}""");
        lines[6].GetProperty("result").GetProperty("best_epoch").GetInt32().ShouldBe(2);
        lines[9].GetProperty("end").GetString().ShouldBe("complete");
    }

    [Fact]
    public void ALossThatIsNoNumberIsStillJson() =>
        JsonOutput.Line(Ended(Lease(1), Epoch(1, loss: double.NaN))).ShouldContain("\"loss\":\"NaN\"");
}
