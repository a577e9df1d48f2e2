using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Live;

/// <summary>What a sweep starts from, on a real store.</summary>
public sealed class PriorSweepsTests : IDisposable
{
    private const string Space = "parameters: {depth: {min: 1, max: 6}, dropout: {min: 0.0, max: 0.5}, epochs: 3}";

    private readonly TemporaryStore _temporary = new();
    private readonly LiteStore _store;

    public PriorSweepsTests() => _store = LiteStore.OpenForWriting(_temporary.Folder);

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void TheBestOfASweepIsTriedFirstAndItsResultsAreKnown()
    {
        Ended("first");
        var spec = LookUp("prior: first").Spec;
        spec.Known.Single().Results.Count.ShouldBe(8);
        spec.Known[0].Results.Select(result => result.Losses[0]).ShouldBeInOrder();
        new TrialSource("second", spec).Next()!.Parameters["dropout"].ShouldBe(spec.Known[0].Results[0].Parameters["dropout"]);
    }

    [Fact]
    public void WhatLiesOutsideOfTheSpaceIsLeftOut()
    {
        Ended("first");
        var spec = LookUp("prior: first", "parameters: {depth: {min: 3, max: 6}, dropout: {min: 0.0, max: 0.2}, epochs: 9}").Spec;
        spec.Known[0].Results.ShouldNotBeEmpty();
        spec.Known[0].Results.ShouldAllBe(result => result.Parameters["epochs"] == 9L && ((ParameterValue.Real)result.Parameters["dropout"]!).Value <= 0.2);
    }

    [Theory]
    [InlineData("prior: frist", "3:8: prior is frist: there is no such sweep in this store; did you mean \"first\"?")]
    [InlineData("prior: [first, running]", "3:16: prior is running: it is not finished, must be: ./fsweep resume running goes on with it")]
    [InlineData("prior: [none, first]", "3:9: prior is none: no trial of it has a result")]
    [InlineData("prior: wider", "3:8: prior is wider: it varied depth, must have varied what this sweep does: depth, dropout")]
    [InlineData(
        "prior: first\nmetric: {name: validation_loss, goal: minimize}",
        "3:8: prior is first: it looked for validation_accuracy (maximize), must have looked for what this sweep does: validation_loss (minimize)")]
    public void WhatCannotBeStartedFromIsSaidAtItsPlace(string prior, string fault)
    {
        Ended("first");
        Ended("running", end: null);
        Ended("none", trials: 0);
        Ended("wider", "parameters: {depth: {min: 1, max: 6}, dropout: 0.1, epochs: 3}");
        Should.Throw<SweepFileException>(() => LookUp(prior)).Faults.ShouldHaveSingleItem().ToString().ShouldBe($"second.yaml:{fault}");
    }

    [Fact]
    public void AllThatIsWrongIsSaidAtOnce()
    {
        Ended("first");
        Should.Throw<SweepFileException>(() => LookUp("prior: [a, first, b]")).Faults.Select(fault => fault.Column).ShouldBe([9, 19]);
    }

    [Fact]
    public void WhereNoneOfItsResultsIsPossibleItIsAFault()
    {
        Ended("first");
        Should.Throw<SweepFileException>(() => LookUp("prior: first", "parameters: {depth: {min: 1, max: 6}, dropout: {min: 0.6, max: 0.9}, epochs: 3}"))
            .Message.ShouldContain("none of its results lies in this sweep's space");
    }

    [Fact]
    public void AMethodThatTakesNoneStartsFromNothing()
    {
        Ended("first");
        var spec = LookUp("prior: first", method: "random").Spec;
        (spec.Known.Count, spec.Baselines.Count).ShouldBe((0, 0));
        SweepNotices.Of(spec).ShouldContain(notice => notice.StartsWith("prior counts for nothing with method: random", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void WhatItWasGivenStaysWhateverBecomesOfTheOther(string method)
    {
        Ended("first");
        var file = LookUp("prior: first", method: method);
        var sweep = new StoredSweeps(_store, _temporary.Folder, TrainerCatalog.Parameters, TimeProvider.System)
            .Add(file, "second.yaml", new SweepChoice.Fresh("second", Unfinished: null));
        var source = new TrialSource("second", file.Spec);
        for (var step = 0; step < 6; step++) Finish(source.Next()!, source);
        End(Spec("first", 9, 0.499), accuracy: 0.999);

        var stored = _store.Sweeps().Single(record => record.Name == "second");
        stored.Prior.Single().Results.Count.ShouldBe(sweep.Prior.Single().Results.Count);
        var again = TrialSource.GoOn("second", StoredSweeps.FileOf(stored, TrainerCatalog.Parameters).Spec, new StoredHistory(_store, "second"));
        again.Next().ShouldBe(source.Next());
    }

    private SweepFile LookUp(string prior, string space = Space, string method = "gp") => PriorSweeps.LookUp(
        SweepFile.Parse("second.yaml", Encoding.UTF8.GetBytes($"method: {method}\nrun_cap: 20\n{prior}\n{space}"), TrainerCatalog.Parameters), _store);

    private void Ended(string name, string space = Space, int trials = 8, SweepEnd? end = SweepEnd.Complete)
    {
        _store.Add(new SweepRecord(name, $"{name}.yaml", $"method: random\nrun_cap: {trials + 1}\n{space}", Objective.Default, trials, Samples.Start));
        for (var number = 1; number <= trials; number++) End(Spec(name, number, number * 0.05), accuracy: 0.8 + 0.01 * (number * 3 % 8));
        if (end is { } how) _store.Append([new SweepEvent.SweepEnded(Samples.At(99), name, how)]);
    }

    private static TrialSpec Spec(string sweep, int number, double dropout) => new(
        new TrialId(sweep, number),
        TrainerCatalog.Parameters.Complete(new ParameterSet([new("depth", 1L + number % 6), new("dropout", dropout), new("epochs", 3L)]), sweepSeed: 1),
        Objective.Default);

    private void End(TrialSpec trial, double accuracy)
    {
        var lease = new Lease(trial.Id, Samples.Node, 1);
        _store.Append([Samples.Started(lease, trial), Samples.Completed(lease, Samples.Result(accuracy))]);
    }

    private void Finish(TrialSpec trial, TrialSource source)
    {
        var result = Samples.Result(0.7 + 0.1 * ((ParameterValue.Real)trial.Parameters["dropout"]!).Value);
        var lease = new Lease(trial.Id, Samples.Node, 1);
        _store.Append([Samples.Started(lease, trial), Samples.Completed(lease, result)]);
        source.Ended(trial, TrialState.Completed, result);
    }
}
