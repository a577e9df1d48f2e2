using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Notifications;
using FashionSweep.Shared.Trials;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>Sweeps that are seen and changed from another process, while they run and when they rest.</summary>
public sealed class LiveSweepTests(TrainedSweep trained) : IDisposable
{
    // The first trial, and half of the second.
    private readonly Fsweep _fsweep = new() { Free = 3 };

    [Fact]
    public void ARunningSweepTakesMoreTrialsAndAPausedOneStartsNoneUntilItIsResumed()
    {
        const int Extended = SweepFiles.LivelyTrials + 2;
        using var running = Start("lively");
        running.WaitForLine(line => Events.IsEvent(line, "trial_finished"));
        Status("lively").GetProperty("state").GetString().ShouldBe("running");

        Done("extend", "lively", "--trials", "2").ShouldContain($"{Extended} trials");
        Status("lively").GetProperty("total").GetInt32().ShouldBe(Extended);

        Done("pause", "lively");
        running.WaitForLine(line => IsChange(line, "paused"));
        _fsweep.Release();
        running.WaitForLine(line => Events.IsEvent(line, "trial_finished") && Events.TrialOf(Events.Of(line)[0]) == "lively/2");
        var paused = Status("lively");
        (paused.GetProperty("state").GetString(), paused.GetProperty("running").GetInt32()).ShouldBe(("paused", 0));
        Done("resume", "lively");

        var ran = running.WaitForEnd();
        ran.ExitCode.ShouldBe(0, ran.ToString());
        var lines = ran.Output.Split('\n');
        var (start, end) = (Array.FindIndex(lines, line => IsChange(line, "paused")), Array.FindIndex(lines, line => IsChange(line, "resumed")));
        lines[start..end].ShouldNotContain(line => Events.IsEvent(line, "trial_started"));
        lines[start..end].Count(line => Events.IsEvent(line, "trial_finished")).ShouldBe(1);
        var trials = Trials("lively");
        trials.Select(State).ShouldBe(Enumerable.Repeat("completed", Extended));
        ShouldAllDiffer(trials);
    }

    [Fact]
    public void TheBestOfAFinishedSweepIsTrainedForLonger()
    {
        trained.CopyTo(_fsweep);
        var best = Trials("small").Single(trial => trial.GetProperty("rank").ValueKind == JsonValueKind.Number && trial.GetProperty("rank").GetInt32() == 1);

        Done("extend", "small", "--epochs", "2", "--top", "1");
        _fsweep.Release();
        var resumed = _fsweep.Run("resume", "small", "--json");

        resumed.ExitCode.ShouldBe(0, resumed.ToString());
        var longest = Events.Of(resumed.Output).Named("trial_finished").ShouldHaveSingleItem();
        Events.TrialOf(longest).ShouldBe($"small/{SweepFiles.SmallTrials + 1}");
        longest.GetProperty("result").GetProperty("epochs").GetInt32().ShouldBe(2);
        var longer = Trials("small").Single(trial => trial.GetProperty("trial").GetString() == $"small/{SweepFiles.SmallTrials + 1}");
        ParametersOf(longer).ShouldBe(ParametersOf(best).Replace("\"epochs\":1", "\"epochs\":2", StringComparison.Ordinal));
    }

    [Fact]
    public void ACancelledSweepIsOverUntilItIsExtended()
    {
        using var running = Start("lively");
        running.WaitForLine(line => Events.IsEvent(line, "trial_finished"));

        Done("cancel", "lively");

        var ran = running.WaitForEnd();
        ran.ExitCode.ShouldBe(1, ran.ToString());
        Events.Of(ran.Output)[^1].GetProperty("end").GetString().ShouldBe("cancelled");
        Status("lively").GetProperty("state").GetString().ShouldBe("cancelled");
        _fsweep.Call("run", Path.Combine(_fsweep.Folder, "lively.yaml"), "--resume").Errors.ShouldContain("lively is cancelled");
        _fsweep.Call("resume", "lively").ExitCode.ShouldBe(2);
        Done("extend", "lively", "--trials", "1");
        _fsweep.Release();
        var resumed = _fsweep.Run("resume", "lively");
        resumed.ExitCode.ShouldBe(0, resumed.ToString());
        Stored("lively").Select(trial => trial.State).ShouldBe(Enumerable.Repeat(TrialState.Completed, SweepFiles.LivelyTrials + 1));
    }

    [Fact]
    public void AKilledCoordinatorCostsAPrunedSweepNoTrialAndRepeatsNone()
    {
        // Its first choices are drawn again and again: that they are known is seen.
        const string Lopsided = """
            name: lopsided
            method: random
            run_cap: 10
            seed: 7
            early_terminate: {type: asha, min_iter: 1, eta: 2}
            parameters:
              dropout: {values: [0, 0.1, 0.2, 0.3, 0.4], probabilities: [0.8, 0.05, 0.05, 0.05, 0.05]}
              learning_rate: {values: [0.001, 0.01, 0.1], probabilities: [0.8, 0.1, 0.1]}
              depth: 1
              width: 16
              validation_fraction: 0.9
              epochs: 2
              batch_size: 512
            """;
        using var running = Start("lopsided", Lopsided);
        running.WaitForLine(line => Events.IsEvent(line, "trial_finished"));

        running.Kill();

        running.WaitForEnd();
        Status("lopsided").GetProperty("state").GetString().ShouldBe("interrupted");
        _fsweep.Release();
        var resumed = _fsweep.Run("resume", "lopsided", "--json");
        resumed.ExitCode.ShouldBe(0, resumed.ToString());
        var trials = Trials("lopsided");
        trials.Select(trial => trial.GetProperty("trial").GetString()).ShouldBe(
            Enumerable.Range(1, 10).Select(number => $"lopsided/{number}"), ignoreOrder: true);
        trials.Select(State).ShouldBeSubsetOf(["completed", "pruned"]);
        trials.Select(State).ShouldContain("pruned");
        ShouldAllDiffer(trials);
    }

    [Fact]
    public void TrialsBelowAThresholdAreStoppedUponTheirFirstEpochAndSayWhy()
    {
        // More epochs than a node trains until it hears of it.
        const int Epochs = 200;
        var small = SweepFiles.Small.Replace("epochs: 1", $"epochs: {Epochs}", StringComparison.Ordinal);
        var ran = Run("strict", small.Replace("name: small", "name: strict\nearly_terminate: {type: threshold, lower: 0.99}", StringComparison.Ordinal));

        ran.ExitCode.ShouldBe(0, ran.ToString());
        var trials = Stored("strict");
        trials.Select(trial => trial.State).ShouldBe(Enumerable.Repeat(TrialState.Pruned, SweepFiles.SmallTrials));
        trials.ShouldAllBe(trial => trial.Epoch!.Epoch < Epochs);
        trials.ShouldAllBe(trial => trial.Reason!.StartsWith("epoch 1: "));
    }

    [Fact]
    public void BudgetsBoundWhatRunsAtOnceAndWhatIsKeptAndATrialThatDivergesIsAResult()
    {
        var ran = Run("bounded", """
            name: bounded
            method: grid
            parallel: 1
            retain: 1
            parameters:
              optimizer: sgd
              learning_rate: [0.05, 1.0e30]
              depth: [1, 2]
              width: 32
              epochs: 1
            """, "--slots", "2");

        ran.ExitCode.ShouldBe(0, ran.ToString());
        Events.Of(ran.Output).Named("trial_finished").Select(entry => entry.GetProperty("state").GetString())
            .ShouldBe(["completed", "completed", "diverged", "diverged"], ignoreOrder: true);
        var atOnce = 0;
        foreach (var line in ran.Output.Split('\n'))
        {
            atOnce += Events.IsEvent(line, "trial_started") ? 1 : Events.IsEvent(line, "trial_finished") ? -1 : 0;
            atOnce.ShouldBeInRange(0, 1);
        }
        var kept = Trials("bounded").Where(trial => State(trial) == "completed" && trial.GetProperty("checkpoint_kept").GetBoolean()).ShouldHaveSingleItem();
        kept.GetProperty("rank").GetInt32().ShouldBe(1);
        Path.GetFileNameWithoutExtension(Directory.GetFiles(_fsweep.Store, "*.safetensors", SearchOption.AllDirectories).ShouldHaveSingleItem())
            .ShouldBe(kept.GetProperty("result").GetProperty("checkpoint").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task ATrialThatReachesTheTargetEndsTheSweepAndWhoIsNamedIsTold()
    {
        await using var hook = await HookServer.StartAsync([500]);
        var keys = "name: aimed\nmetric: {name: validation_accuracy, goal: maximize, target: 0.5}\n"
            + $"notify: {{url: '{hook.Address}', secret: FSWEEP_NOTIFY_KEY}}";
        var file = SweepFiles.Small.Replace("name: small", keys, StringComparison.Ordinal);
        _fsweep.Write("unsigned.yaml", file);
        var unsigned = _fsweep.Call("run", Path.Combine(_fsweep.Folder, "unsigned.yaml"));
        unsigned.ExitCode.ShouldBe(2, unsigned.ToString());
        unsigned.Errors.ShouldContain("unsigned.yaml:3:");
        _fsweep.Variables["FSWEEP_NOTIFY_KEY"] = "sixteen or more letters";

        var ran = Run("aimed", file, "--slots", "1");

        ran.ExitCode.ShouldBe(0, ran.ToString());
        Events.Of(ran.Output)[^1].GetProperty("end").GetString().ShouldBe("target_reached");
        Stored("aimed").Count(trial => trial.State == TrialState.Completed).ShouldBe(1);
        Status("aimed").GetProperty("state").GetString().ShouldBe("target_reached");
        // The first time it was answered 500.
        hook.Messages.Count.ShouldBe(2);
        hook.Messages.ShouldAllBe(message => message.Signature.StartsWith("v1,") && message.Id == hook.Messages.First().Id);
        hook.Messages.First().Json.GetProperty("type").GetString().ShouldBe("sweep.target_reached");
    }

    [Fact]
    public void MoreFailedTrialsThanAllowedEndTheSweep()
    {
        const string Slow = """
            name: slow
            method: grid
            max_failed: 1
            trial_timeout: 1 s
            parameters:
              dropout: [0, 0.1, 0.2, 0.3]
              depth: 1
              width: 16
              epochs: 10000
            """;

        using var running = Start("slow", Slow);
        var ran = running.WaitForEnd();

        ran.ExitCode.ShouldBe(1, ran.ToString());
        Events.Of(ran.Output)[^1].GetProperty("end").GetString().ShouldBe("too_many_failed");
        var failed = Stored("slow").Where(trial => trial.State == TrialState.Failed).ToList();
        failed.Count.ShouldBe(2);
        failed.ShouldAllBe(trial => trial.Reason!.Contains("trial_timeout"));
    }

    public void Dispose() => _fsweep.Dispose();

    private Fsweep.Running Start(string name, string text = SweepFiles.Lively) =>
        _fsweep.Start("run", _fsweep.Write($"{name}.yaml", text), "--json", "--slots", "1");

    private Fsweep.Ran Run(string name, string text, params string[] options)
    {
        _fsweep.Release();
        return _fsweep.Run(["run", _fsweep.Write($"{name}.yaml", text), "--json", .. options]);
    }

    private string Done(params string[] arguments)
    {
        var ran = _fsweep.Call(arguments);
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return ran.Output;
    }

    private JsonElement Status(string name) =>
        JsonDocument.Parse(Done("status", name, "--format", "json")).RootElement.GetProperty("sweeps").EnumerateArray().ShouldHaveSingleItem();

    private IReadOnlyList<TrialRecord> Stored(string name) => StoredTrials.Of(_fsweep, name);

    // As a user sees them: with their ranks.
    private List<JsonElement> Trials(string name) =>
        [.. JsonDocument.Parse(Done("leaderboard", name, "--format", "json", "--top", "100")).RootElement.GetProperty("trials").EnumerateArray()];

    private static bool IsChange(string line, string change) =>
        Events.IsEvent(line, "sweep_changed") && line.Contains($"\"change\":\"{change}\"", StringComparison.Ordinal);

    private static string State(JsonElement trial) => trial.GetProperty("state").GetString()!;

    private static string ParametersOf(JsonElement trial) => JsonSerializer.Serialize(trial.GetProperty("parameters"));

    private static void ShouldAllDiffer(List<JsonElement> trials) => trials.Select(ParametersOf).ShouldBeUnique();
}
