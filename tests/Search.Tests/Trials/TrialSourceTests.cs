using FashionSweep.Search.Pruning;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using static FashionSweep.Search.Tests.Trials.RecordedTrials;

namespace FashionSweep.Search.Tests.Trials;

public sealed class TrialSourceTests
{
    private static readonly SweepSpec Grid = Spec(SearchMethod.Grid, null, ("depth", new SearchDomain.Choices([1L, 2L, 3L])));
    private static readonly PrunerSpec Hopeless = new PrunerSpec.Threshold(Bound: 0.99);
    private static readonly SweepSpec Random = Spec(SearchMethod.Random, 4, ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)));

    [Fact]
    public void EveryPointOfAGridIsATrialOnce()
    {
        var source = Source(Grid);
        source.Total.ShouldBe(3);
        All(source).Select(trial => (trial.Id.ToString(), trial.Parameters["depth"])).ShouldBe([("quick/1", 1L), ("quick/2", 2L), ("quick/3", 3L)]);
    }

    [Fact]
    public void BaselinesGoFirstAndAreNotTriedAgain()
    {
        var source = Source(Grid with { Baselines = [Set(("depth", 2L)), Set(("depth", 9L))] });
        source.Total.ShouldBe(4);
        All(source).Select(trial => trial.Parameters["depth"]).ShouldBe([2L, 9L, 1L, 3L]);
    }

    [Fact]
    public void BaselinesAreAPartOfTheCap() =>
        All(Source(Random with { Baselines = [Set(("dropout", 0.1)), Set(("dropout", 0.2))] })).Count.ShouldBe(4);

    [Fact]
    public void EachConfigurationRunsOnceForEachSeedOnTheSameSplit()
    {
        var source = Source(Grid with { Repeats = new Repeats(2, Aggregate.Mean), Seed = 5 });
        source.Total.ShouldBe(6);
        All(source).Take(4).Select(trial => (trial.Parameters["depth"], trial.Parameters["seed"], trial.Parameters["split_seed"]))
            .ShouldBe([(1L, 5L, 5L), (1L, 6L, 5L), (2L, 5L, 5L), (2L, 6L, 5L)]);
    }

    [Fact]
    public void ASpaceWithFewerConfigurationsThanItsCapEndsEarly()
    {
        var spec = Spec(SearchMethod.Random, 5, ("depth", new SearchDomain.Constant(1L)), ("epochs", new SearchDomain.RealRange(3, 3, Logarithmic: false)));
        var source = Source(spec);
        source.Total.ShouldBe(5);
        All(source).Count.ShouldBe(1);
        source.Total.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    public void WhatHadNothingMoreToTryHasNoneAfterARestart(int repeats, int total)
    {
        var spec = Random with { Repeats = new Repeats(repeats, Aggregate.Mean) };
        var earlier = All(Source(spec)).Take(total).Select(trial => new PastTrial(trial, TrialState.Diverged, null, null));

        var source = TrialSource.GoOn("quick", spec, new RecordedTrials([.. earlier], total: total));

        source.Total.ShouldBe(total);
        All(source).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.Random)]
    public void ARunThatGoesOnGivesTheTrialsThatOneRunWouldHaveGiven(SearchMethod method)
    {
        var spec = Spec(method, 6, ("depth", new SearchDomain.WholeRange(1, 9))) with
        {
            Baselines = [Set(("depth", 3L))],
            Repeats = new Repeats(2, Aggregate.Mean),
        };
        var whole = All(Source(spec));
        for (var stop = 0; stop <= whole.Count; stop++)
        {
            var goingOn = Source(spec, [.. whole.Take(stop).Select(trial => Record(trial, TrialState.Pending))]);
            goingOn.Total.ShouldBe(12);
            All(goingOn).ShouldBe(whole.Skip(stop));
        }
    }

    [Fact]
    public void APrunedConfigurationTakesItsOtherSeedsWithIt()
    {
        var source = Source(Grid with { Repeats = new Repeats(3, Aggregate.Mean), Pruning = Hopeless });
        var (first, second) = (source.Next()!, source.Next()!);
        source.Judge(first, Epoch(1)).ShouldNotBeNull();
        source.Judge(second, Epoch(1)).ShouldBe(source.Judge(first, Epoch(1)));
        source.Next()!.Id.Number.ShouldBe(4);
        source.Total.ShouldBe(8);
    }

    [Fact]
    public void NoTrialIsPrunedAtItsLastEpoch()
    {
        var source = Source(Grid with { Pruning = Hopeless });
        source.Judge(source.Next()!, Epoch(10)).ShouldBeNull();
    }

    [Fact]
    public void APrunedConfigurationStaysPrunedWhenTheSweepGoesOn()
    {
        var spec = Grid with { Repeats = new Repeats(3, Aggregate.Mean) };
        var first = Source(spec).Next()!;
        var source = Source(spec, [Record(first, TrialState.Pruned)]);
        source.Next()!.Id.Number.ShouldBe(4);
        source.Total.ShouldBe(7);
    }

    [Fact]
    public void ThePrunerKnowsTheEpochsOfEarlierRuns()
    {
        var spec = Grid with { Pruning = new PrunerSpec.Patience(Epochs: 1) };
        var first = Source(spec).Next()!;
        var source = Source(spec, [Record(first, TrialState.Running)], [new EpochRecord(first.Id, Epoch(1)), new EpochRecord(first.Id, Epoch(2))]);
        source.Judge(first, Epoch(1)).ShouldBeNull();
        source.Judge(first, Epoch(3)).ShouldNotBeNull();
        Source(spec, [Record(first, TrialState.Running)]).Judge(first, Epoch(3)).ShouldBeNull();
    }

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Sobol)]
    public void WhatWasGivenIsNoProposalOfTheSampler(SearchMethod method)
    {
        var spec = Spec(method, 6, ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)));
        var whole = new TrialSource("quick", spec);
        List<TrialSpec> trials = [whole.Next()!, whole.Next()!];
        var extension = new Extension([Set(("dropout", 0.11)), Set(("dropout", 0.22))], new Dictionary<string, string>(), 0);
        whole.Extend(extension);
        trials.AddRange(All(whole));
        trials.Count.ShouldBe(8);
        for (var stop = 2; stop <= trials.Count; stop++)
        {
            var goingOn = Source(spec, [.. trials.Take(stop).Select(trial => Record(trial, TrialState.Pending))], extensions: [extension]);
            goingOn.Total.ShouldBe(8);
            All(goingOn).ShouldBe(trials.Skip(stop));
        }
    }

    [Fact]
    public void WhatIsGivenTwiceIsOneTrialAndNothingTakesItsPlace()
    {
        var source = Source(Random);
        var extension = new Extension([Set(("dropout", 0.11))], new Dictionary<string, string>(), 0);
        source.Extend(extension);
        source.Extend(extension);
        source.Total.ShouldBe(5);
        All(source).Count.ShouldBe(5);
    }

    [Fact]
    public void ASweepOfAnOlderReleaseThatHasTriedMoreThanItShouldHaveEnds()
    {
        var extension = new Extension([Set(("dropout", 0.11))], new Dictionary<string, string>(), 0);
        var tried = All(Source(Random with { RunCap = 6 }));
        var source = Source(Random, [.. tried.Select(trial => Record(trial, TrialState.Failed))], extensions: [extension]);
        source.Total.ShouldBe(6);
    }

    [Fact]
    public void ASamplerThatRepeatsItselfInASmallSpaceIsNotInARutForHavingGoneOn()
    {
        var spec = Spec(SearchMethod.Random, 190, ("depth", new SearchDomain.WholeRange(1, 20)), ("width", new SearchDomain.WholeRange(1, 10)));
        var whole = All(Source(spec));
        foreach (var stop in new[] { 120, 150, 170 })
            All(Source(spec, [.. whole.Take(stop).Select(trial => Record(trial, TrialState.Pending))])).ShouldBe(whole.Skip(stop));
    }

    [Fact]
    public void WhatWaitsIsKnownAsWhatWasTriedIs()
    {
        var source = Source(Random);
        var tried = source.Next()!;
        source.Extend(new Extension([Set(("dropout", 0.11))], new Dictionary<string, string>(), 0));
        source.Knows(tried.Parameters).ShouldBeTrue();
        source.Knows(tried.Parameters.With([new("dropout", 0.11)])).ShouldBeTrue();
        source.Knows(tried.Parameters.With([new("dropout", 0.12)])).ShouldBeFalse();
    }

    [Fact]
    public void WhatAnOlderReleaseTriedTwiceStaysAndIsNotTriedAgain()
    {
        var spec = Spec(
            SearchMethod.Grid, null, ("optimizer", new SearchDomain.Choices(["adam", "sgd"])), ("momentum", new SearchDomain.Choices([0.0, 0.5, 0.9])));
        var adam = new[] { 0.0, 0.5 }.Select((momentum, index) =>
            new TrialSpec(new TrialId("quick", index + 1), spec.Complete(Set(("optimizer", "adam"), ("momentum", momentum))), Objective.Default));
        var rest = All(Source(spec, [.. adam.Select(trial => Record(trial, TrialState.Failed))]));
        rest.Select(trial => trial.Parameters["optimizer"]).ShouldAllBe(optimizer => optimizer == "sgd");
        rest.Select(trial => trial.Parameters["momentum"]).ShouldBe([0.0, 0.5, 0.9]);
    }

    private static TrialSource Source(
        SweepSpec spec, IReadOnlyList<PastTrial>? earlier = null, IReadOnlyList<EpochRecord>? epochs = null, IReadOnlyList<Extension>? extensions = null) =>
        TrialSource.GoOn("quick", spec, new RecordedTrials(earlier ?? [], epochs, extensions));

    private static List<TrialSpec> All(TrialSource source)
    {
        var trials = new List<TrialSpec>();
        while (source.Next() is { } trial) trials.Add(trial);
        return trials;
    }

    private static PastTrial Record(TrialSpec trial, TrialState state) => new(trial, state, null, state == TrialState.Pruned ? "not promising" : null);

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    private static SweepSpec Spec(SearchMethod method, int? runCap, params (string Name, SearchDomain Domain)[] parameters) =>
        new(
            "t", method, Objective.Default, Engine.Space([.. parameters.Select(parameter => new SearchParameter(parameter.Name, parameter.Domain))]), runCap,
            Seed: 1);
}
