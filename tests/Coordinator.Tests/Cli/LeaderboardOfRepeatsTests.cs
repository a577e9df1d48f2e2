using System.CommandLine;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class LeaderboardOfRepeatsTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public LeaderboardOfRepeatsTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep(total: 12) with { Repeats = new Repeats(3, Aggregate.Mean) });
        Start(store, [1, 2, 3], depth: 2);
        store.Append([Completed(Lease(1), Result(0.95)), Completed(Lease(2), Result(0.80)), Completed(Lease(3), Result(0.83))]);
        Start(store, [4, 5, 6], depth: 3);
        store.Append([Completed(Lease(4), Result(0.89)), Completed(Lease(5), Result(0.91)), Completed(Lease(6), Result(0.90))]);
        Start(store, [7, 8, 9], depth: 4);
        store.Append([Completed(Lease(7), Result(0.99)), Completed(Lease(8), Result(0.97)), Finished(9, TrialState.Diverged, "loss is NaN")]);
        Start(store, [10, 11], depth: 5);
        store.Append(
        [
            Ended(Lease(10), Epoch(3, 0.71)), Finished(10, TrialState.Pruned, "worse than the median"),
            Finished(11, TrialState.Pruned, "worse than the median"),
        ]);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void OneRowForEachConfigurationWithItsSpread()
    {
        var lines = Run().Split('\n');

        lines.ShouldContain("quick  11 of 12 trials finished, 2 of them pruned, ranked by mean validation accuracy of 3 repeats (maximize)");
        Rows(lines).ShouldBe(
        [
            "1 quick/4-6 3/3 3 0.9000 ± 0.0100 0.5000 ± 0.0000 0.8800 ± 0.0100 3 4.0 s",
            "2 quick/1-3 3/3 2 0.8600 ± 0.0794 0.5000 ± 0.0000 0.8400 ± 0.0794 3 4.0 s",
            "3 quick/7-9 2/3 diverged 4 0.9800 ± 0.0141 0.5000 ± 0.0000 0.9600 ± 0.0141 3 4.0 s",
            "quick/10-12 0/3 pruned 5 0.7100 0.5000 3/10",
        ]);
        lines.ShouldContain("quick/9 diverged: loss is NaN");
        lines.ShouldContain("Of pruned trials the last epoch is shown.");
    }

    [Fact]
    public void TheWinnerIsAConfigurationAndItsBestTrialCanBeShown()
    {
        var text = Run();
        foreach (var part in new[]
        {
            "So far: quick/4-6 depth 3\n", "3 of 3 repeats completed: mean validation accuracy 0.9000 ± 0.0100, mean test accuracy 0.8800 ± 0.0100\n",
            "quick/5 is the best of them: validation accuracy 0.9100, test accuracy 0.8900\n", "Next:   ./fsweep show quick/5\n",
        }) text.ShouldContain(part);
    }

    [Fact]
    public void SingleTrialsAreShownWhenAskedFor()
    {
        var rows = Rows(Run("--trials", "--top", "2").Split('\n'));
        rows[0].ShouldStartWith("1 quick/7 4 7 0.9900");
        rows[1].ShouldStartWith("2 quick/8 4 8 0.9700");
    }

    [Fact]
    public void JsonHasConfigurationsAndTheirTrials()
    {
        using var document = JsonDocument.Parse(Run("--format", "json", "--top", "1"));
        var root = document.RootElement;
        root.GetProperty("sweep").GetProperty("repeats").ToString().ShouldBe("{\n      \"seeds\": 3,\n      \"aggregate\": \"mean\"\n    }");
        var configuration = root.GetProperty("configurations").EnumerateArray().Single();
        (configuration.GetProperty("rank").GetInt32(), configuration.GetProperty("configuration").GetInt32(), configuration.GetProperty("completed").GetInt32())
            .ShouldBe((1, 2, 3));
        configuration.GetProperty("value").GetProperty("value").GetDouble().ShouldBe(0.9, 1e-12);
        configuration.GetProperty("value").GetProperty("spread").GetDouble().ShouldBe(0.01, 1e-12);
        configuration.GetProperty("best").GetString().ShouldBe("quick/5");
        root.GetProperty("trials").EnumerateArray()
            .Select(trial => (trial.GetProperty("trial").GetString(), trial.GetProperty("rank").GetInt32(), trial.GetProperty("repeat").GetInt32()))
            .ShouldBe([("quick/4", 6, 1), ("quick/5", 4, 2), ("quick/6", 5, 3)]);
    }

    [Fact]
    public void JsonOfSingleTrialsHasTheSameFields()
    {
        using var document = JsonDocument.Parse(Run("--format", "json", "--trials", "--top", "1"));
        document.RootElement.GetProperty("trials").EnumerateArray().Single().GetProperty("configuration").GetInt32().ShouldBe(3);
        document.RootElement.GetProperty("configurations").EnumerateArray().Single().GetProperty("trials").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public void CsvHasALineForEachTrialWithItsConfiguration()
    {
        var lines = Run("--format", "csv").Split("\r\n");
        lines[0].ShouldStartWith(
            "rank,trial,configuration,repeat,configuration_rank,configuration_value,configuration_spread,configuration_completed,validation_accuracy,");
        lines[1].ShouldStartWith("6,quick/4,2,1,1,0.9,0.010");
        lines[10].ShouldStartWith(",quick/10,4,1,,0.71,,0,0.71,");
        lines.Length.ShouldBe(13);
    }

    private static void Start(LiteStore store, int[] numbers, long depth)
    {
        foreach (var number in numbers)
            store.Append([Started(Lease(number), Spec(number, ("depth", depth), ("epochs", 10L), ("seed", 7L + ((number - 1) % 3))))]);
    }

    private static SweepEvent.TrialFinished Finished(int number, TrialState state, string reason) =>
        new SweepEvent.TrialFinished(At(9), Lease(number), state, null, reason);

    private string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        LeaderboardCommand.Create(TrainerCatalog.Parameters).Parse([.. arguments, "--store", _temporary.Folder.Path]).Invoke(configuration).ShouldBe(0);
        return output.ToString();
    }

    private static List<string> Rows(string[] lines) =>
        [.. lines.SkipWhile(line => !line.Contains("rank  ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0).Select(Squeezed)];

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
