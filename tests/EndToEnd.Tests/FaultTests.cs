using System.Diagnostics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>Real processes, really killed, each time with one trial finished and others under way.</summary>
public sealed class FaultTests : IDisposable
{
    private const string File = "long.yaml";

    private readonly Fsweep _fsweep = new() { Free = 3 };

    [Fact]
    public void AKilledNodeCostsNoTrial()
    {
        using var running = Start();
        var node = running.WaitForLine(line => Events.IsEvent(line, "node_connected"));
        running.WaitForLine(line => Events.IsEvent(line, "epoch_ended"));

        Process.GetProcessById(Events.ProcessOf(node)).Kill();
        _fsweep.Release();

        var ran = running.WaitForEnd();
        ran.ExitCode.ShouldBe(0, ran.ToString());
        var events = Events.Of(ran.Output);
        events.Named("node_lost").ShouldHaveSingleItem();
        events.Named("trial_finished").Select(Events.TrialOf).Order().ShouldBe(Enumerable.Range(1, SweepFiles.LongTrials).Select(number => $"long/{number}"));
        events.Named("trial_finished").ShouldAllBe(entry => entry.GetProperty("state").GetString() == "completed");
    }

    [Fact]
    public void AKilledCoordinatorLeavesNoNodeAndItsSweepGoesOn()
    {
        using var running = Start();
        var node = Process.GetProcessById(Events.ProcessOf(running.WaitForLine(line => Events.IsEvent(line, "node_connected"))));
        var early = running.WaitForLine(line => Events.IsEvent(line, "trial_finished"));

        running.Kill();

        node.WaitForExit(Fsweep.Patience).ShouldBeTrue();
        _fsweep.Release();
        var finishedEarly = Events.TrialOf(Events.Of(early)[0]);
        var resumed = _fsweep.Run("run", File, "--json", "--resume");
        resumed.ExitCode.ShouldBe(0, resumed.ToString());
        var events = Events.Of(resumed.Output);
        var start = events.Named("sweep_started").ShouldHaveSingleItem();
        start.GetProperty("total").GetInt32().ShouldBe(SweepFiles.LongTrials);
        start.GetProperty("finished").GetInt32().ShouldBeGreaterThan(0);
        events.Named("trial_finished").Select(Events.TrialOf).ShouldNotContain(finishedEarly);
        Completed().ShouldBe(SweepFiles.LongTrials);
    }

    [Fact]
    public void AStoreInUseIsRefusedAndCanBeReadAndAfterCtrlCResumeGoesOnToTheOriginalTotal()
    {
        using var running = Start();
        running.WaitForLine(line => Events.IsEvent(line, "trial_finished"));

        var second = _fsweep.Call("run", Path.Combine(_fsweep.Folder, File));
        var board = _fsweep.Call("leaderboard");
        running.PressCtrlC();

        second.ExitCode.ShouldBe(2, second.ToString());
        second.Errors.ShouldContain($"in use by process {running.Id}, fsweep run");
        board.ExitCode.ShouldBe(0, board.ToString());
        board.Output.ShouldContain("long/");

        var stopped = running.WaitForEnd();
        stopped.ExitCode.ShouldBe(130, stopped.ToString());
        stopped.Errors.ShouldContain("./fsweep resume long");
        Events.Of(stopped.Output)[^1].GetProperty("end").GetString().ShouldBe("stopped");
        _fsweep.Release();
        var resumed = _fsweep.Run("run", File, "--resume");
        resumed.ExitCode.ShouldBe(0, resumed.ToString());
        Completed().ShouldBe(SweepFiles.LongTrials);
    }

    [Fact]
    public void AFrozenNodeIsGivenUpAndItsTrialsRunElsewhere()
    {
        using var running = Start();
        var node = Events.ProcessOf(running.WaitForLine(line => Events.IsEvent(line, "node_connected")));
        running.WaitForLine(line => Events.IsEvent(line, "epoch_ended"));

        Signals.Freeze(node);
        _fsweep.Release();

        var ran = running.WaitForEnd();
        ran.ExitCode.ShouldBe(0, ran.ToString());
        Events.Of(ran.Output).Named("node_lost").ShouldHaveSingleItem();
        Completed().ShouldBe(SweepFiles.LongTrials);
        Signals.IsAlive(node).ShouldBeFalse("a frozen node must not outlive its sweep");
    }

    public void Dispose() => _fsweep.Dispose();

    private Fsweep.Running Start() => _fsweep.Start("run", _fsweep.Write(File, SweepFiles.Long), "--json", "--slots", "2");

    private int Completed() => StoredTrials.Of(_fsweep, "long").Count(trial => trial.State == TrialState.Completed);
}
