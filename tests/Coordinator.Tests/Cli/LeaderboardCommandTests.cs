using System.CommandLine;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class LeaderboardCommandTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public LeaderboardCommandTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep("older") with { CreatedAt = Start.AddDays(1) });
        store.Add(Sweep());
        for (var number = 1; number <= 12; number++)
        {
            var result = Result(0.80 + (number / 1000.0), seconds: 100 - number);
            store.Append([Started(Lease(number), Spec(number, ("depth", (long)number))), Completed(Lease(number), result)]);
        }
        store.Append([Started(Lease(13)), Failed(Lease(13), "said \"no\", twice\nand again")]);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void TheLatestSweepIsShownTenTrialsOfItTheBestFirst()
    {
        var lines = Run().Split('\n');
        lines.ShouldContain("quick  13 of 4 trials finished, ranked by validation accuracy (maximize)");
        Trials(lines).ShouldBe(["quick/12", "quick/11", "quick/10", "quick/9", "quick/8", "quick/7", "quick/6", "quick/5", "quick/4", "quick/3"]);
        lines.ShouldContain("10 of 13 trials shown; more with --top N.");
        lines.ShouldContain("Next:   ./fsweep show quick/12");
    }

    [Fact]
    public void WithoutATerminalThereIsNoColourAndNoFrame() => Run().ShouldNotContain('\e');

    [Fact]
    public void AFilterAndAnOrderChooseWhatIsShown()
    {
        Trials(Run("--where", "depth in [3, 5] or number ** 2 - 1 = 48", "--sort", "seconds").Split('\n')).ShouldBe(["quick/7", "quick/5", "quick/3"]);
        Run("--where", "depth in [3, 5, 7]").ShouldContain("\n3 of 13 trials match --where.\n\n");
        Run("--where", "depth in [3, 5, 7]", "--top", "2").ShouldContain("3 of 13 trials match --where.\n2 of 3 trials shown; more with --top N.\n");
        Run("--sort", "test_accuracy", "--top", "2").ShouldContain("the test set is never used to choose");
    }

    /// <summary>The one that is named is in the table, or would be with more rows of it.</summary>
    [Fact]
    public void TheBestOfWhatMatchesIsNamedAsThat()
    {
        var text = Run("--where", "depth in [3, 5, 7]");
        text.ShouldContain("Best of these, rank 6 of all: quick/7 ");
        text.ShouldContain("Next:   ./fsweep show quick/7");
        text.ShouldNotContain("quick/12");
        Run("--where", "depth in [3, 5, 7]", "--top", "1", "--sort", "depth").ShouldContain("Best of these, rank 6 of all: quick/7 ");
        Run("--where", "depth > 3").ShouldContain("quick/12 ");
        Run("--where", "depth > 3").ShouldNotContain("Best of these");
        Run("--where", "state = failed").ShouldContain("None of these is completed.");
    }

    [Fact]
    public void MarkdownIsATableForTexts()
    {
        var lines = Run("--format", "markdown", "--top", "2").Split('\n');

        lines[0].ShouldStartWith("| rank | trial | depth | ");
        lines[1].ShouldStartWith("| ---: | --- | ---: | ");
        lines[2].ShouldStartWith("| 1 | quick/12 | 12 | 0.8120 | ");
        lines.Length.ShouldBe(5);
    }

    /// <summary>What each of these trials has right differs by less than chance does.</summary>
    [Fact]
    public void HowSureTheFirstPlaceIsIsSaidOfAllAndNotOfSome()
    {
        Run().ShouldContain("The first place is not sure: ");
        Run().ShouldContain("./fsweep compare quick/12 quick/11");
        Run("--where", "depth > 3").ShouldNotContain("The first place");
    }

    [Fact]
    public void CsvHasEveryTrialInFullPrecisionQuotedAsTheStandardSays()
    {
        var lines = Run("--format", "csv").Split("\r\n");
        lines[0].ShouldStartWith("rank,trial,validation_accuracy,");
        lines[1].ShouldStartWith("1,quick/12,0.812,0.5,");
        lines[13].ShouldStartWith(",quick/13,,");
        lines[13].ShouldEndWith(",,\"said \"\"no\"\", twice\nand again\"");
        lines.Length.ShouldBe(15);
    }

    [Fact]
    public void JsonHasFullRecords()
    {
        using var document = JsonDocument.Parse(Run("--format", "json"));
        document.RootElement.GetProperty("sweep").GetProperty("objective").GetProperty("metric").GetString().ShouldBe("validation_accuracy");
        var trials = document.RootElement.GetProperty("trials");
        trials.GetArrayLength().ShouldBe(13);
        trials[0].GetProperty("rank").GetInt32().ShouldBe(1);
        trials[0].GetProperty("node").GetString().ShouldBe("node-1");
        trials[0].GetProperty("parameters").GetProperty("depth").GetInt64().ShouldBe(12);
        trials[0].GetProperty("result").GetProperty("environment").GetProperty("kernels").GetString().ShouldBe("managed Vector512");
        trials[12].GetProperty("state").GetString().ShouldBe("failed");
    }

    [Theory]
    [InlineData("no sweep named quik in", "did you mean quick?", "quik")]
    [InlineData("--sort is test_acuracy", "did you mean test_accuracy?", "--sort", "test_acuracy")]
    [InlineData("--where, column 1", "did you mean depth?", "--where", "dept = 1")]
    [InlineData("no trial of quick matches", "depth = 99", "--where", "depth = 99")]
    public void AWrongInputIsSaidWithWhatWouldBeRight(string starts, string contains, params string[] arguments)
    {
        var fault = Should.Throw<InputException>(() => Run(arguments));
        fault.Message.ShouldStartWith(starts);
        fault.Message.ShouldContain(contains);
    }

    [Fact]
    public void ASweepWithoutTrialsSaysSo() => Run("older").ShouldContain("No trial is completed yet.");

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void OnATerminalColumnsAreLeftOutRatherThanWrapped(int width)
    {
        using var store = LiteStore.OpenForReading(_temporary.Folder);
        var board = Leaderboard.Of(Sweep(), store.FiguresOf("quick"), TrainerCatalog.Parameters);
        using var output = new StringWriter();
        LeaderboardView.Write(output, new Terminal(Interactive: true, Colour: false, width, 50), board, board.Configurations);
        var lines = output.ToString().Split('\n');
        lines.ShouldAllBe(line => line.Length <= width);
        Trials(lines).Count.ShouldBe(13);
        lines.Any(line => line.Contains("depth", StringComparison.Ordinal) && line.Contains("rank", StringComparison.Ordinal)).ShouldBe(width >= 60);
    }

    private string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        LeaderboardCommand.Create(TrainerCatalog.Parameters).Parse([.. arguments, "--store", _temporary.Folder.Path]).Invoke(configuration).ShouldBe(0);
        return output.ToString();
    }

    private static List<string> Trials(IEnumerable<string> lines) =>
    [
        .. lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).FirstOrDefault(cell => TrialId.TryParse(cell, out _)))
            .OfType<string>(),
    ];
}
