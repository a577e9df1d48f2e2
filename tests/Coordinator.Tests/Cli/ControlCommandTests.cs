using System.CommandLine;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Tests.Web;
using FashionSweep.Shared.Faults;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ControlCommandTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly FakeControl _control = new();
    private readonly FakeRestingSweeps _resting = new();

    public ControlCommandTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep("other"));
        store.Add(Sweep());
        store.Append([Started(Lease(1)), Completed(Lease(1)), new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.Stopped)]);
    }

    public void Dispose() => _temporary.Dispose();

    public static TheoryData<string[], SweepCommand> Requests => new()
    {
        { ["cancel", "quick"], new SweepCommand.Cancel() },
        { ["rerun", "quick", "--failed"], new SweepCommand.RerunFailed() },
        { ["extend", "quick", "--trials", "10"], new SweepCommand.Extend(Trials: 10) },
        { ["extend", "quick", "--epochs", "20", "--top", "3"], new SweepCommand.Extend(Epochs: 20, Top: 3) },
        { ["extend", "quick", "--epochs", "20", "--trials", "1"], new SweepCommand.Extend(Trials: 1, Epochs: 20) },
    };

    public static TheoryData<string[], SweepCommand> RequestsOfARunningOne => new(Requests)
    {
        { ["pause", "quick"], new SweepCommand.Pause() },
        { ["resume", "quick"], new SweepCommand.Resume() },
    };

    [Theory]
    [MemberData(nameof(RequestsOfARunningOne), DisableDiscoveryEnumeration = true)]
    public async Task ARunningSweepIsAskedAndItsAnswerIsTheResult(string[] arguments, SweepCommand expected)
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await RunAsync(arguments)).ShouldBe((0, $"{expected.GetType().Name} is done.{Environment.NewLine}"));

        _control.Asked.ShouldHaveSingleItem().ShouldBe(expected);
        _resting.Asked.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public async Task ASweepAtRestIsChangedInItsStore(string[] arguments, SweepCommand expected)
    {
        (await RunAsync(arguments)).ShouldBe((0, $"quick is at rest.{Environment.NewLine}"));

        _resting.Asked.ShouldHaveSingleItem().ShouldBe(("quick", expected));
    }

    [Fact]
    public async Task RangesAreSentAsTheyAreWritten()
    {
        await RunAsync("extend", "quick", "--trials", "5", "--set", "learning_rate={min: 1e-5, max: 1}", "--set", "layers=[conv 3 window=7]");

        _resting.Asked.ShouldHaveSingleItem().Request.ShouldBeOfType<SweepCommand.Extend>().Parameters
            .ShouldBe(new Dictionary<string, string> { ["learning_rate"] = "{min: 1e-5, max: 1}", ["layers"] = "[conv 3 window=7]" });
    }

    [Fact]
    public async Task ARefusalIsAnError()
    {
        _control.Answer = (_, _) => Task.FromResult(new ControlAnswer(false, "quick is ending."));
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await RefusedAsync("pause", "quick")).ShouldBe("quick is ending.");
        (await RefusedAsync("resume", "quick")).ShouldBe("quick is ending.");
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    public async Task WhileOneSweepRunsAnotherCantBeAsked(string verb)
    {
        await using var server = await _control.ServeAsync(_temporary.Folder);

        (await RefusedAsync(verb, "other")).ShouldStartWith("other is not running: quick is, and ./fsweep run works on one sweep at a time.");

        _control.Asked.ShouldBeEmpty();
        _resting.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMistypedNameIsSaidWithTheOneThatWasMeant(bool runs)
    {
        await using var server = runs ? await _control.ServeAsync(_temporary.Folder) : null;

        foreach (var verb in new[] { "pause", "resume", "cancel" }) (await RefusedAsync(verb, "quik")).ShouldEndWith("did you mean quick?");
    }

    [Fact]
    public async Task WhatDoesNotRunCantBePaused() =>
        (await RefusedAsync("pause", "quick")).ShouldBe(
            "quick is not running, so there is nothing to pause: it is stopped at 1 of 4 trials; go on with it: ./fsweep resume quick");

    [Fact]
    public async Task ASweepWithoutACoordinatorGoesOnHereAndItsExitCodeIsTheVerbs()
    {
        (await RunAsync("resume", "quick", "--slots", "3", "--json")).ShouldBe((ExitCodes.WorkFailed, ""));

        _resting.Resumed.ShouldHaveSingleItem().ShouldBe(("quick", 3, true));
    }

    [Theory]
    [InlineData("nothing to extend by")]
    [InlineData("top says how many", "--trials", "5", "--top", "3")]
    [InlineData("--set is learning_rate, must be NAME=YAML", "--set", "learning_rate")]
    [InlineData("--set is =3, must be NAME=YAML", "--set", "=3")]
    [InlineData("--set is depth=, must be NAME=YAML", "--set", "depth=")]
    [InlineData("--set has depth twice", "--set", "depth=1", "--set", "depth=2")]
    public async Task AnExtensionThatMakesNoSenseIsRefusedBeforeAnybodyIsAsked(string starts, params string[] arguments)
    {
        (await RefusedAsync(["extend", "quick", .. arguments])).ShouldStartWith(starts);

        _resting.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARerunMustSayOfWhat() => (await RefusedAsync("rerun", "quick")).ShouldContain("--failed");

    private async Task<string> RefusedAsync(params string[] arguments) => (await Should.ThrowAsync<InputException>(() => RunAsync(arguments))).Message;

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        var parsed = Verb(arguments[0]).Parse([.. arguments[1..], "--store", _temporary.Folder.Path]);
        parsed.Errors.ShouldBeEmpty();
        return (await parsed.InvokeAsync(configuration), output.ToString());
    }

    private Command Verb(string name) => name switch
    {
        "pause" => PauseCommand.Create(),
        "resume" => ResumeCommand.Create(_resting),
        "cancel" => CancelCommand.Create(_resting),
        "extend" => ExtendCommand.Create(_resting),
        _ => RerunCommand.Create(_resting),
    };
}
