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
        _fsweep.Write("wrong.yaml", Tuning.Replace("small/1", "small/99", StringComparison.Ordinal));
        var wrong = _fsweep.Call("run", Path.Combine(_fsweep.Folder, "wrong.yaml"));
        wrong.ExitCode.ShouldBe(2, wrong.ToString());
        wrong.Errors.ShouldContain("wrong.yaml:5:15: start_from is small/99: no trial small/99 in");
    }

    [Fact]
    public void TheSameFileRunTwiceIntoOneStoreIsAnotherSweepAndManagedKernelsTrainItWhereOneDnnIsNotWanted()
    {
        trained.CopyTo(_fsweep);

        var second = _fsweep.Run("run", "small.yaml", "--json", "--kernels", "managed");

        second.ExitCode.ShouldBe(0, second.ToString());
        var finished = Events.Of(second.Output).Named("trial_finished");
        finished.Count.ShouldBe(SweepFiles.SmallTrials);
        finished.ShouldAllBe(entry => Events.TrialOf(entry).StartsWith("small-2/"));
        finished.ShouldAllBe(
            entry => entry.GetProperty("result").GetProperty("environment").GetProperty("kernels").GetString()!.StartsWith("managed"));
    }

    public void Dispose() => _fsweep.Dispose();

    private static List<string> Figures(Fsweep fsweep)
    {
        var ran = fsweep.Call("leaderboard", "--format", "json", "--top", "100");
        ran.ExitCode.ShouldBe(0, ran.ToString());
        using var board = JsonDocument.Parse(ran.Output);
        return [.. board.RootElement.GetProperty("trials").EnumerateArray()
            .Select(trial =>
                $"{trial.GetProperty("trial").GetString()} {trial.GetProperty("result").GetProperty("validation").GetRawText()} "
                    + $"{trial.GetProperty("result").GetProperty("test").GetRawText()}")];
    }
}
