using System.CommandLine;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ShowCommandTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public ShowCommandTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep() with { Retain = 1 });
        store.Append([Started(Lease(1), Spec(1, ("depth", 1L))), Ended(Lease(1), Epoch(1, 0.6)), Lost(Lease(1), 30)]);
        store.Append([Started(Lease(1, 2, "node-2"), Spec(1, ("depth", 1L)), 31)]);
        store.Append([Ended(Lease(1, 2), Epoch(1, 0.7)), Ended(Lease(1, 2), Epoch(2, 0.8)), Completed(Lease(1, 2), Result(0.8, epochs: 2), 40)]);
        store.Append([Started(Lease(2), Spec(2, ("depth", 2L))), Failed(Lease(2), "out of memory")]);
        store.Append([Started(Lease(3), Spec(3, ("depth", 2L)))]);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ATrialsStoryIsToldFromConfigurationToEnvironment()
    {
        var text = Run("quick/1");
        foreach (var part in new[]
        {
            "quick/1  completed, rank 1 of 1 by validation accuracy", "varied   depth 1\n", "default  model mlp   width 128",
            "validation  0.5000    0.8000  chose the best epoch and the rank", "bb22.safetensors (437 kB)", "Loss   ", "Accuracy   ",
            "lost after 30 s\n     its connection closed\n", "completed after 9.0 s", "managed Vector512, fp32", "Next: ./fsweep reproduce quick/1",
        }) text.ShouldContain(part);
        text.ShouldNotContain('\e');
    }

    [Fact]
    public void ATrialWithoutAResultSaysWhy()
    {
        Run("quick/2").ShouldContain("quick/2  failed\nout of memory\n");
        Run("3").ShouldContain("quick/3  running\n");
    }

    [Fact]
    public void ARecordWithoutAReportSaysWhatMakesOne()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder)) store.Append([Completed(Lease(3), Result() with { TestReport = null })]);

        Run("quick/3").ShouldContain("./fsweep evaluate quick/3");
        Run("quick/1").ShouldContain("./fsweep predict quick/1 --wrong");
        Run("quick/3", "--format", "json").ShouldContain("\"test_report\": null");
    }

    [Fact]
    public void APrunedTrialShowsItsCurveAndWhyItWasEnded()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder))
            store.Append(
            [
                Ended(Lease(3), Epoch(1, 0.6)), Ended(Lease(3), Epoch(2, 0.7)),
                new SweepEvent.TrialFinished(At(9), Lease(3), TrialState.Pruned, null, "worse than the median"),
            ]);

        var text = Run("quick/3");

        foreach (var part in new[]
        {
            "quick/3  pruned\nworse than the median\nended after epoch 2 of 10\n", "Accuracy   ", "▲ best epoch", "Next: ./fsweep leaderboard quick",
        }) text.ShouldContain(part);
    }

    [Fact]
    public void ACheckpointThatWasNotKeptIsSaidAndNoCommandThatNeedsItIsProposed()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder))
            store.Append([Completed(Lease(3), Result(0.7)), new SweepEvent.CheckpointDiscarded(At(50), Lease(3).Trial, Result().Checkpoint)]);

        var text = Run("quick/3");

        text.ShouldContain("checkpoint not kept: the sweep keeps the best 1\n");
        text.ShouldContain("./fsweep reproduce quick/3");
        text.ShouldNotContain("./fsweep predict");
        using var document = JsonDocument.Parse(Run("quick/3", "--format", "json"));
        document.RootElement.GetProperty("checkpoint").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("trial").GetProperty("checkpoint_kept").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void ACheckpointThatTheDatabaseAloneHasIsThere()
    {
        using var kept = new KeptStore();
        using (var store = kept.Fill()) store.End();
        foreach (var file in Directory.GetFiles(kept.Folder.Checkpoints)) File.Delete(file);

        Run(kept.Folder, "quick/1").ShouldContain($"checkpoint {kept.Folder.Database} ");
        Run(kept.Folder, "quick/1").ShouldContain("as a file: ./fsweep export quick/1\n");
        Run(kept.Folder, "quick/2").ShouldContain($"{kept.Folder.Checkpoints}");
    }

    [Fact]
    public void ARepeatSaysHowItsConfigurationStands()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder))
        {
            store.Add(Sweep("twice") with { Repeats = new Repeats(2, Aggregate.Mean) });
            foreach (var (number, accuracy) in new[] { (1, 0.80), (2, 0.82), (3, 0.90) })
            {
                var lease = new Lease(new TrialId("twice", number), Node, 1);
                store.Append([Started(lease, Spec(number) with { Id = lease.Trial }), Completed(lease, Result(accuracy))]);
            }
        }

        Run("twice/2").ShouldContain("repeat 2 of 2 of twice/1-2: 2 completed, mean validation accuracy 0.8100 ± 0.0141, rank 1 of 2 configurations\n");
        Run("twice/3").ShouldContain("repeat 1 of 2 of twice/3-4: 1 completed, mean validation accuracy 0.9000, rank 2 of 2 configurations\n");
        using var document = JsonDocument.Parse(Run("twice/2", "--format", "json"));
        document.RootElement.GetProperty("configuration").GetProperty("best").GetString().ShouldBe("twice/2");
    }

    [Fact]
    public void JsonHasTheEpochsOfEveryAttempt()
    {
        using var document = JsonDocument.Parse(Run("quick/1", "--format", "json"));
        var root = document.RootElement;
        root.GetProperty("trial").GetProperty("rank").GetInt32().ShouldBe(1);
        root.GetProperty("varied")[0].GetString().ShouldBe("depth");
        root.GetProperty("test_report").GetProperty("confusion")[6][0].GetInt32().ShouldBe(0);
        root.GetProperty("test_report").GetProperty("classes")[6].GetProperty("class").GetString().ShouldBe("Shirt");
        root.GetProperty("test_report").GetProperty("classes")[6].GetProperty("recall").GetDouble().ShouldBe(0.8);
        root.GetProperty("test_report").GetProperty("top2_accuracy").GetDouble().ShouldBe(0.95);
        root.GetProperty("attempts")[0].GetProperty("epochs")[0].GetProperty("validation").GetProperty("accuracy").GetDouble().ShouldBe(0.6);
        root.GetProperty("attempts")[1].GetProperty("epochs").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("quick/9", "no trial quick/9 in", "quick/1 to quick/3")]
    [InlineData("quik/1", "no sweep named quik in", "did you mean quick?")]
    [InlineData("one", "one is no trial's name", "as quick/1")]
    public void AnUnknownTrialIsSaidWithThoseThatThereAre(string name, string starts, string ends)
    {
        var fault = Should.Throw<InputException>(() => Run(name));
        fault.Message.ShouldStartWith(starts);
        fault.Message.ShouldEndWith(ends);
    }

    private string Run(params string[] arguments) => Run(_temporary.Folder, arguments);

    private static string Run(StoreFolder store, params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        ShowCommand.Create(TrainerCatalog.Parameters).Parse([.. arguments, "--store", store.Path]).Invoke(configuration).ShouldBe(0);
        return output.ToString();
    }
}
