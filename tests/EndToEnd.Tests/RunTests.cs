using System.Text.Json;

namespace FashionSweep.EndToEnd.Tests;

public sealed class RunTests(TrainedSweep trained, OnTwoNodes other) : IClassFixture<OnTwoNodes>, IDisposable
{
    private readonly Fsweep _fsweep = new();

    [Fact]
    public void EveryTrialIsTrainedAndRanked()
    {
        var finished = Events.Of(other.Ran.Output).Named("trial_finished");
        finished.Select(Events.TrialOf).ShouldBe(["small/1", "small/2", "small/3", "small/4"], ignoreOrder: true);
        finished.ShouldAllBe(entry => entry.GetProperty("result").GetProperty("test").GetProperty("accuracy").GetDouble() > 0.7);
        Events.Of(other.Ran.Output)[^1].GetProperty("end").GetString().ShouldBe("complete");
    }

    [Fact]
    public void WithoutATerminalTheLeaderboardEndsThePlainLines()
    {
        trained.Ran.Output.ShouldContain("small/");
        trained.Ran.Output.ShouldContain("dropout");
        trained.Ran.Output.ShouldNotContain("\u001b");
        trained.Ran.Errors.ShouldContain("small/4");
        trained.Ran.Errors.ShouldNotContain("\u001b");
    }

    [Fact]
    public void TwoStoresGetTheSameFiguresToTheLastDigit()
    {
        var one = Figures(trained.Fsweep);
        one.Count.ShouldBe(SweepFiles.SmallTrials);
        Figures(other.Fsweep).ShouldBe(one);
    }

    [Fact]
    public void ATrialGoesOnFromAnEarlierOne()
    {
        trained.CopyTo(_fsweep);
        const string Tuning = """
            name: tuning
            method: grid
            parameters:
              freeze: [0, 1]
              start_from: small/1
              depth: 1
              width: 32
              epochs: 1
            """;
        var tuning = _fsweep.Write("tuning.yaml", Tuning);

        var ran = _fsweep.Run("run", tuning, "--json");

        ran.ExitCode.ShouldBe(0, ran.ToString());
        var wrong = _fsweep.Run("run", _fsweep.Write("wrong.yaml", Tuning.Replace("small/1", "small/99", StringComparison.Ordinal)));
        wrong.ExitCode.ShouldBe(2, wrong.ToString());
        wrong.Errors.ShouldContain("wrong.yaml:5:15: start_from is small/99: no trial small/99 in");
    }

    [Fact]
    public void TheSameFileRunTwiceIntoOneStoreIsAnotherSweep()
    {
        trained.CopyTo(_fsweep);

        var second = _fsweep.Run("run", "small.yaml", "--json");

        second.ExitCode.ShouldBe(0, second.ToString());
        Events.Of(second.Output).Named("trial_finished").ShouldAllBe(entry => Events.TrialOf(entry).StartsWith("small-2/"));
    }

    [Fact]
    public void ManagedKernelsTrainWhereOneDnnIsNotWanted()
    {
        var file = _fsweep.Write("small.yaml", SweepFiles.Small);

        var ran = _fsweep.Run("run", file, "--json", "--kernels", "managed");

        ran.ExitCode.ShouldBe(0, ran.ToString());
        Events.Of(ran.Output).Named("trial_finished")
            .ShouldAllBe(entry => entry.GetProperty("result").GetProperty("environment").GetProperty("kernels").GetString()!.StartsWith("managed"));
    }

    [Fact]
    public void ATrialThatDivergesIsAResultAndTheSweepGoesOn()
    {
        var file = _fsweep.Write("wild.yaml", """
            method: grid
            parameters:
              optimizer: sgd
              learning_rate: [0.05, 1.0e30]
              depth: 2
              width: 32
              epochs: 1
            """);

        var ran = _fsweep.Run("run", file, "--json");

        ran.ExitCode.ShouldBe(0, ran.ToString());
        Events.Of(ran.Output).Named("trial_finished").Select(entry => entry.GetProperty("state").GetString())
            .ShouldBe(["completed", "diverged"], ignoreOrder: true);
    }

    public void Dispose() => _fsweep.Dispose();

    private static List<string> Figures(Fsweep fsweep)
    {
        var ran = fsweep.Run("leaderboard", "--format", "json", "--top", "100");
        ran.ExitCode.ShouldBe(0, ran.ToString());
        using var board = JsonDocument.Parse(ran.Output);
        return [.. board.RootElement.GetProperty("trials").EnumerateArray()
            .Select(trial =>
                $"{trial.GetProperty("trial").GetString()} {trial.GetProperty("result").GetProperty("validation").GetRawText()} "
                    + $"{trial.GetProperty("result").GetProperty("test").GetRawText()}")];
    }
}
