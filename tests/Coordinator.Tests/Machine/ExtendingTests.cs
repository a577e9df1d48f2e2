using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class ExtendingTests
{
    private static readonly SweepSpec Random = SweepText.Read("method: random\nrun_cap: 4\nparameters: {dropout: {min: 0.0, max: 0.5}, epochs: 3}");
    private static readonly SweepSpec Grid = SweepText.Read("method: grid\nparameters: {depth: [1, 2], width: [32, 64], epochs: 3}");

    [Fact]
    public void MoreTrialsAreThoseOfAHigherCap()
    {
        var source = Source(Random);
        Extend(source, new SweepCommand.Extend(Trials: 3));
        source.Total.ShouldBe(7);
        All(source).ShouldBe(All(Source(Random with { RunCap = 7 })));
    }

    [Fact]
    public void AGridHasNoMoreThanItHas()
    {
        var source = Source(Grid);
        Extend(source, new SweepCommand.Extend(Trials: 3));
        source.Total.ShouldBe(4);
    }

    [Fact]
    public void AWiderGridTriesWhatIsNew()
    {
        var trials = All(Source(Grid));
        var source = Source(Grid, trials);
        Extend(source, new SweepCommand.Extend(Parameters: Set("width", "[32, 64, 128]")));
        source.Total.ShouldBe(6);
        All(source).Select(trial => (trial.Id.Number, trial.Parameters["depth"], trial.Parameters["width"])).ShouldBe([(5, 1L, 128L), (6, 2L, 128L)]);
    }

    [Fact]
    public void AWiderRangeIsDrawnFromFromNowOn()
    {
        var trials = All(Source(Random));
        var source = Source(Random, trials);
        Extend(source, new SweepCommand.Extend(Trials: 50, Parameters: Set("dropout", "{min: 0.6, max: 0.9}")));
        source.Total.ShouldBe(54);
        All(source).ShouldAllBe(trial => ((ParameterValue.Real)trial.Parameters["dropout"]!).Value >= 0.6);
    }

    [Fact]
    public void ASweepThatGoesOnKnowsItsChanges()
    {
        var live = Source(Random);
        var trials = All(live);
        List<SweepChange> changes = [];
        foreach (var command in new SweepCommand.Extend[] { new(Trials: 2), new(Trials: 5, Parameters: Set("dropout", "{min: 0.6, max: 0.9}")) })
        {
            changes.Add(Extend(live, command));
            trials.AddRange(All(live));
        }
        trials.Count.ShouldBe(11);
        // Before the sixth trial the second change was not made yet.
        for (var stop = 6; stop <= trials.Count; stop++)
        {
            var goingOn = Source(Random, [.. trials.Take(stop)], changes, total: 11);
            goingOn.Total.ShouldBe(11);
            All(goingOn).ShouldBe(trials.Skip(stop));
        }
    }

    [Fact]
    public void TheBestAreTriedAgainForLonger()
    {
        var trials = All(Source(Grid));
        var source = Source(Grid, trials);
        var change = Extend(source, new SweepCommand.Extend(Epochs: 9, Top: 2), Records(trials, 0.7, 0.9, 0.8, 0.6));
        change.Given.Select(configuration => configuration.ToString()).ShouldBe(["depth=1, epochs=9, width=64", "depth=2, epochs=9, width=32"]);
        source.Total.ShouldBe(6);
        All(source).Select(trial => trial.Parameters["epochs"]).ShouldBe([9L, 9L]);
    }

    [Fact]
    public void WhatWasTriedForLongerIsNotTriedAgain()
    {
        var trials = All(Source(Grid));
        Extending.Of(new SweepCommand.Extend(Epochs: 3), Source(Grid, trials), Records(trials, 0.7, 0.9, 0.8, 0.6)).ShouldBeNull();
    }

    [Fact]
    public void WhatWaitsToBeTriedForLongerIsNotGivenAgain()
    {
        var trials = All(Source(Grid));
        var (source, records) = (Source(Grid, trials), Records(trials, 0.7, 0.9, 0.8, 0.6));
        var command = new SweepCommand.Extend(Epochs: 9, Top: 2);
        Extend(source, command, records).Given.Select(given => given.ToString()).ShouldBe(["depth=1, epochs=9, width=64", "depth=2, epochs=9, width=32"]);
        Extend(source, command, records).Given.Select(given => given.ToString()).ShouldBe(["depth=1, epochs=9, width=32", "depth=2, epochs=9, width=64"]);
        Extending.Of(command, source, records).ShouldBeNull();
        source.Total.ShouldBe(8);
        All(source).Select(trial => trial.Parameters["epochs"]).ShouldBe([9L, 9L, 9L, 9L]);
    }

    [Fact]
    public void WhatATrialDoesNotSayIsGivenAsItIs()
    {
        var spec = SweepText.Read(
            "method: grid\nbaselines: [{width: 16}]\nparameters: {engine: [torchsharp, native], width: [32, 64], epochs: 3}");
        var baseline = All(Source(spec)).First(trial => trial.Parameters["engine"] is null);
        Extend(Source(spec, [baseline]), new SweepCommand.Extend(Epochs: 9, Top: 1), Records([baseline], 0.9))
            .Given.ShouldHaveSingleItem().ToString().ShouldBe("engine=native, epochs=9, width=16");
    }

    [Fact]
    public void ASweepAtWorkIsExtendedByWhatItDoesNotKnowYet()
    {
        var trials = All(Source(Grid));
        var machine = new ClusterMachine(isStanding: true);
        machine.On(new ClusterMessage.Begin(new SweepMachine("quick", Source(Grid, trials), SweepPast.None with { Finished = 3 })), Start);
        var completed = Records(trials, 0.7, 0.9, 0.8, 0.6);
        Ask(new SweepCommand.Extend(Epochs: 9, Top: 2)).ShouldBe((true, "quick has 6 trials now, 2 more."));
        Ask(new SweepCommand.Extend(Epochs: 9, Top: 3)).ShouldBe((true, "quick has 8 trials now, 2 more."));
        Ask(new SweepCommand.Extend(Epochs: 9)).ShouldBe((false, "Every finished configuration of quick has been trained for 9 epochs, or is about to be."));
        Ask(new SweepCommand.Extend(Parameters: Set("width", "[0]"))).Message.ShouldContain("width is 0");

        (bool Accepted, string Message) Ask(SweepCommand command)
        {
            var effects = machine.On(new ClusterMessage.Commanded("quick", command, 1) { Completed = completed }, Start);
            var answer = effects.OfType<ClusterEffect.Answer>().Single();
            return (answer.Accepted, answer.Message);
        }
    }

    [Theory]
    [InlineData("width", "[0]", "width is 0, must be a whole number from 1 to 65536")]
    [InlineData("widht", "[64]", "unknown parameter \"widht\"; did you mean \"width\"?")]
    [InlineData("width", "{min: 1, max: 5\n}\ndepth: 3", "depth: 3")]
    [InlineData("width", "{min: 1", "bracket")]
    [InlineData("learning_rate", "{min: 0.1, max: 0.2}", "which a grid can't go through")]
    public void AParameterThatCanNotBeDrawnSoIsRefused(string name, string domain, string fault) =>
        Should.Throw<SweepFileException>(() => Extending.Of(new SweepCommand.Extend(Parameters: Set(name, domain)), Source(Grid), [])).Faults[0].Message
            .ShouldContain(fault);

    private static SweepChange.Extended Extend(TrialSource source, SweepCommand.Extend command, IReadOnlyList<TrialRecord>? completed = null)
    {
        var change = Extending.Of(command, source, completed ?? [])!;
        source.Extend(change.AsExtension());
        return change;
    }

    private static Dictionary<string, string> Set(string name, string domain) => new() { [name] = domain };

    private static TrialSource Source(
        SweepSpec spec, IReadOnlyList<TrialSpec>? earlier = null, IReadOnlyList<SweepChange>? changes = null, int total = 4)
    {
        var store = new InMemoryStore();
        store.Add(Sweep());
        foreach (var trial in earlier ?? []) store.Append([Started(Lease(trial.Id.Number), trial), Failed(Lease(trial.Id.Number))]);
        store.Append([.. (changes ?? []).Select(change => new SweepEvent.SweepChanged(Start, "quick", change, total))]);
        return TrialSource.GoOn("quick", spec, new StoredHistory(store, "quick"));
    }

    private static List<TrialSpec> All(TrialSource source)
    {
        var trials = new List<TrialSpec>();
        while (source.Next() is { } trial) trials.Add(trial);
        return trials;
    }

    private static List<TrialRecord> Records(IEnumerable<TrialSpec> trials, params double[] accuracies) =>
        [.. trials.Zip(accuracies, (trial, accuracy) => Record(trial, Result(accuracy)))];

    private static TrialRecord Record(TrialSpec trial, TrialResult? result) =>
        new(trial, result is null ? TrialState.Failed : TrialState.Completed, 1, new NodeId("a"), Start, null, null, result, null);
}
