using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Shared.Protocol;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Telemetry;

public sealed class EventLogTests
{
    [Fact]
    public void AnEventIsALineOfFields() => Log(Started(Lease(7, attempt: 2), second: 5)).ShouldBe(
        "time=2026-03-01T12:00:05.000Z level=info event=trial_started sweep=quick trial=quick/7 lease=quick/7#2@node-1 node=node-1\n");

    [Fact]
    public void AnEndSaysHowAndWhy()
    {
        Log(Completed(Lease(1))).ShouldContain(
            "level=info event=trial_finished sweep=quick trial=quick/1 lease=quick/1#1@node-1 node=node-1 state=completed "
            + "epochs=3 best_epoch=2 validation_accuracy=0.8 validation_loss=0.5 seconds=4 checkpoint=bb22\n");
        Log(Failed(Lease(1))).ShouldContain("level=error event=trial_finished");
        Log(Failed(Lease(1))).ShouldEndWith(" state=failed reason=\"out of memory\"\n");
        Log(Lost(Lease(1))).ShouldContain("level=warn event=attempt_ended");
        Log(Lost(Lease(1))).ShouldEndWith(" end=lost reason=\"its connection closed\"\n");
    }

    [Fact]
    public void EverythingElseIsALineToo()
    {
        Log(new SweepEvent.SweepStarted(At(0), "quick", 4, 1)).ShouldEndWith("event=sweep_started sweep=quick total=4 finished=1\n");
        Log(new SweepEvent.NodeConnected(At(0), new NodeDescription(Node, 2, "managed Vector512", "a processor", 1)))
            .ShouldEndWith("event=node_connected node=node-1 slots=2 kernels=\"managed Vector512\"\n");
        Log(new SweepEvent.NodeLeft(At(0), Node)).ShouldEndWith("level=info event=node_left node=node-1\n");
        Log(new SweepEvent.NodeLost(At(0), Node, "")).ShouldEndWith("level=warn event=node_lost node=node-1 reason=\"\"\n");
        Log(new SweepEvent.NodeDraining(At(0), Node)).ShouldEndWith("level=info event=node_draining node=node-1\n");
        Log(new SweepEvent.NodePutAside(At(0), Node, "3 trials failed"))
            .ShouldEndWith("level=warn event=node_put_aside node=node-1 reason=\"3 trials failed\"\n");
        Log(new SweepEvent.TrialDrawn(At(0), Spec(3, ("engine", "torchsharp"))), "debug")
            .ShouldEndWith("level=debug event=trial_drawn sweep=quick trial=quick/3 engine=torchsharp\n");
        Log(new SweepEvent.EngineAwaited(At(0), "quick", "torchsharp", 12, IsNews: true))
            .ShouldEndWith("level=warn event=engine_awaited sweep=quick engine=torchsharp trials=12 reason=\"no node has torchsharp\"\n");
        Log(new SweepEvent.EngineAwaited(At(0), "quick", "torchsharp", 13, IsNews: false)).ShouldBeEmpty();
        Log(new SweepEvent.EngineAwaited(At(0), "quick", "torchsharp", 0, IsNews: true))
            .ShouldEndWith("level=info event=engine_awaited sweep=quick engine=torchsharp trials=0\n");
        Log(new SweepEvent.SweepChanged(At(0), "quick", new SweepChange.FewerTrials(), 3))
            .ShouldEndWith("event=sweep_changed sweep=quick change=fewer_trials total=3\n");
        Log(new SweepEvent.SweepEnded(At(0), "quick", SweepEnd.TimedOut)).ShouldEndWith("level=info event=sweep_ended sweep=quick end=timed_out\n");
        Log(new SweepEvent.SweepNotified(At(1), "quick", At(0))).ShouldEndWith("level=info event=sweep_notified sweep=quick\n");
        Log(new SweepEvent.CheckpointDiscarded(At(0), Lease(3).Trial, Result().Checkpoint), "debug")
            .ShouldEndWith("level=debug event=checkpoint_discarded sweep=quick trial=quick/3 checkpoint=bb22\n");
    }

    [Fact]
    public void EpochsAreShownToThoseWhoAskAlone()
    {
        Log(Ended(Lease(1), Epoch(2))).ShouldBeEmpty();
        Log(Ended(Lease(1), Epoch(2)), "debug").ShouldEndWith(
            " level=debug event=epoch_ended sweep=quick trial=quick/1 lease=quick/1#1@node-1 node=node-1 "
            + "epoch=2 validation_accuracy=0.8 validation_loss=0.5 seconds=1.25\n");
    }

    [Fact]
    public void AReasonCannotMakeALineOrAFieldOfItsOwn() => Log(Failed(Lease(1), "a\nlevel=info event=\"fine\" \u001b[2J \u202e \u2028\t\\")).ShouldEndWith(
        """ reason="a\nlevel=info event=\"fine\" \u001b[2J \u202e \u2028\u0009\\" """.TrimEnd() + "\n");

    [Fact]
    public void AnyReasonIsReadBackFromOneLine() => Prop.ForAll<NonNull<string>>(text =>
    {
        // What is no text at all becomes the replacement character.
        var reason = new string([.. text.Get.Select(letter => char.IsSurrogate(letter) ? '?' : letter)]);
        var line = Log(Failed(Lease(1), reason));
        var json = Log(Failed(Lease(1), reason), "json");
        var quoted = line[(line.IndexOf(" reason=", StringComparison.Ordinal) + " reason=".Length)..^1];
        var read = quoted.StartsWith('"') ? JsonSerializer.Deserialize<string>(quoted) : quoted;
        return line.Count(char.IsControl) == 1 && json.Count(char.IsControl) == 1 && read == reason
            && JsonDocument.Parse(json).RootElement.GetProperty("reason").GetString() == reason;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SecretsAreTakenOut()
    {
        Log(Failed(Lease(1), "https://fs:pass@word@other/x and Authorization: Bearer abc.def"))
            .ShouldEndWith(" reason=\"https://***@other/x and Authorization: Bearer ***\"\n");
        Log(Failed(Lease(1), new string('x', 100_000))).Length.ShouldBeLessThan(2500);
    }

    [Fact]
    public void AJsonLineHasTheSameFields() => Log(Ended(Lease(1), Epoch(2, loss: double.NaN)), "json,debug").ShouldBe(
        """{"time":"2026-03-01T12:00:00.000Z","level":"debug","event":"epoch_ended","sweep":"quick","trial":"quick/1","lease":"quick/1"""
        + """#1@node-1","node":"node-1","epoch":2,"validation_accuracy":0.8,"validation_loss":"NaN","seconds":1.25}""" + "\n");

    [Fact]
    public void WhatLibrariesSayIsNotLogged()
    {
        using var output = new StringWriter();
        using var loggers = LoggerFactory.Create(logging => logging.AddEventLog(output, LogOptions.Parse("debug")));

        EventLog.Write(loggers.CreateLogger("Microsoft.Extensions.Hosting.Internal.Host"), Started(Lease(1)));

        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void AnUnknownWayToLogIsRefused() =>
        Should.Throw<FormatException>(() => LogOptions.Parse("jsn")).Message.ShouldBe("FSWEEP_LOG: 'jsn' is unknown, must be json, debug or json,debug");

    private static string Log(SweepEvent happened, string options = "")
    {
        using var output = new StringWriter();
        using var loggers = LoggerFactory.Create(logging => logging.AddEventLog(output, LogOptions.Parse(options)));
        EventLog.Write(loggers.CreateLogger(CoordinatorMeter.Name), happened);
        return output.ToString();
    }
}
