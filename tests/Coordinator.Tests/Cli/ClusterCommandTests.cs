using System.CommandLine;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Tests.Web;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ClusterCommandTests : IDisposable
{
    private static readonly NodeStatus Busy = new(
        "lab-1", NodeActivity.Working, 4, [.. Enumerable.Range(1, 4).Select(number => new TrialId("quick", number))], "managed Vector512", "a processor", "lab",
        "0.1.0", Samples.Start, null);

    private readonly TemporaryStore _temporary = new();
    private readonly FakeControl _control = new() { IsStanding = true };

    public ClusterCommandTests() => Directory.CreateDirectory(_temporary.Folder.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task AFileIsSubmittedWithItsText()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);
        var file = Write("method: grid\nparameters: {depth: [1, 2]}\n");

        (await RunAsync(SubmitCommand.Create(TrainerCatalog.Parameters), file)).ShouldBe("quick is taken up.\n");

        _control.Submitted.ShouldHaveSingleItem().ShouldBe(new Submission(file, "method: grid\nparameters: {depth: [1, 2]}\n"));
    }

    [Fact]
    public async Task AFileWithFaultsIsNeverSent()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        await Should.ThrowAsync<SweepFileException>(() => RunAsync(SubmitCommand.Create(TrainerCatalog.Parameters), Write("method: gird\n")));

        _control.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutACoordinatorItIsSaidHowToStartOne()
    {
        var file = Write("method: grid\nparameters: {depth: 1}\n");
        foreach (var verb in new Func<Task<string>>[]
        {
            () => RunAsync(SubmitCommand.Create(TrainerCatalog.Parameters), file), () => RunAsync(NodesCommand.Create()),
            () => RunAsync(DrainCommand.Create(), "a"),
        })
            (await Should.ThrowAsync<InputException>(verb)).Message.ShouldContain("start one with ./fsweep coordinator --cluster-address HOST:PORT");
    }

    [Fact]
    public async Task NodesAreListedWithWhatTheyRun()
    {
        _control.Nodes =
        [
            Busy,
            Busy with
            {
                Node = "lab-2",
                Activity = NodeActivity.Aside,
                Running = [],
                Reason = "3 trials in a row failed on it, while others completed elsewhere",
            },
        ];
        await using var server = await _control.ServeAsync(_temporary.Folder);

        var text = await RunAsync(NodesCommand.Create());

        foreach (var part in new[]
        {
            "2 nodes, 4 of 8 slots in work", "lab-1  working      4/4  quick/1, quick/2, quick/3, …", "lab-2  put aside    0/4",
            "lab-2 gets no more trials: 3 trials in a row failed",
        })
            text.ShouldContain(part);
        using var document = JsonDocument.Parse(await RunAsync(NodesCommand.Create(), "--format", "json"));
        document.RootElement[1].GetProperty("activity").GetString().ShouldBe("aside");
        document.RootElement[0].GetProperty("running")[3].GetString().ShouldBe("quick/4");
    }

    [Fact]
    public async Task TheirEnginesAreListedWhereOneHasMoreThanTheUsual()
    {
        _control.Nodes = [Busy, Busy with { Node = "lab-2", Engines = EngineSet.NativeAlone }];
        await using var server = await _control.ServeAsync(_temporary.Folder);
        (await RunAsync(NodesCommand.Create())).ShouldNotContain("engines");

        _control.Nodes = [Busy, Busy with { Node = "lab-2", Engines = new EngineSet(["torchsharp", "native"]) }];
        var text = await RunAsync(NodesCommand.Create());
        text.ShouldContain("quick/1, quick/2, quick/3, …  native ");
        text.ShouldContain("quick/1, quick/2, quick/3, …  native, torchsharp ");
        using var document = JsonDocument.Parse(await RunAsync(NodesCommand.Create(), "--format", "json"));
        document.RootElement[1].GetProperty("engines").EnumerateArray().Select(name => name.GetString()).ShouldBe(["native", "torchsharp"]);
    }

    [Fact]
    public async Task WithoutNodesItIsSaidHowToStartOne()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await RunAsync(NodesCommand.Create())).ShouldContain($"No node is connected. Start one: ./fsweep node --join HOST:PORT --store {_temporary.Folder}");
    }

    [Fact]
    public async Task AScriptLearnsUnderWhichNameASweepWasTakenUp()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        using var document = JsonDocument.Parse(
            await RunAsync(SubmitCommand.Create(TrainerCatalog.Parameters), Write("method: grid\nparameters: {depth: 1}\n"), "--format", "json"));

        document.RootElement.GetProperty("sweep").GetString().ShouldBe("quick");
    }

    [Fact]
    public async Task ANodeThatIsNotThereIsNotDrainedAndTheOneThatWasMeantIsNamed()
    {
        _control.Nodes = [Busy];
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await Should.ThrowAsync<InputException>(() => RunAsync(DrainCommand.Create(), "lab1"))).Message
            .ShouldBe("no node lab1 is connected; did you mean \"lab-1\"?");
        _control.Drained.ShouldBeEmpty();
    }

    [Fact]
    public async Task ANodeIsDrainedByItsName()
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await RunAsync(DrainCommand.Create(), "lab-1")).ShouldBe("lab-1 gets no more trials.\n");

        _control.Drained.ShouldBe(["lab-1"]);
    }

    [Fact]
    public async Task AStoreAndAnAddressAreNotBothAsked() =>
        (await Should.ThrowAsync<InputException>(() => RunAsync(NodesCommand.Create(), "--coordinator", "http://localhost:1"))).Message
            .ShouldBe("--coordinator and --store are both given, must be one of the two");

    [Fact]
    public async Task ACoordinatorThatIsToldWrongThingsNamesAllOfThemAndTouchesNothing()
    {
        var refused = await Should.ThrowAsync<InputException>(
            () => RunAsync(CoordinatorCommand.Create(TrainerCatalog.Parameters), "--cluster-address", "http://x", "--listen", "https://0.0.0.0:1"));

        refused.Message.Split('\n').Length.ShouldBe(3);
        foreach (var fault in new[]
        {
            "--cluster-address is 'http://x', must be a host and a port", "needs --certificate and --key", "where a token is needed",
        })
            refused.Message.ShouldContain(fault);
        Directory.EnumerateFileSystemEntries(_temporary.Folder.Path).ShouldBeEmpty();
    }

    private string Write(string text)
    {
        var file = Path.Combine(Path.GetDirectoryName(_temporary.Folder.Path)!, "sweep.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<string> RunAsync(Command verb, params string[] arguments)
    {
        using var output = new StringWriter();
        var parsed = verb.Parse([.. arguments, "--store", _temporary.Folder.Path]);
        parsed.Errors.ShouldBeEmpty();
        (await parsed.InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false })).ShouldBe(0);
        return output.ToString();
    }
}
