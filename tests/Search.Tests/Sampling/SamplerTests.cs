using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Sampling;

public sealed class SamplerTests
{
    [Fact]
    public void AGridHasTheProductOfItsChoicesAndNoPointTwice() => Prop.ForAll(Spaces.Finite(SearchMethod.Grid), spec =>
    {
        var whole = spec with { RunCap = null };
        var product = spec.Parameters.Aggregate(1, (size, parameter) => size * SizeOf(parameter.Domain));
        TrialSource.CountOf(whole).ShouldBe(product);
        All(whole).Distinct().Count().ShouldBe(product);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ACutGridIsTheBeginningOfTheWholeOne() => Prop.ForAll(Spaces.Finite(SearchMethod.Grid), spec =>
        All(spec).ShouldBe(All(spec with { RunCap = null }).Take(spec.RunCap!.Value))).QuickCheckThrowOnFailure();

    [Fact]
    public void RandomNeverTriesAPointOfAFiniteSpaceTwice() => Prop.ForAll(Spaces.Finite(SearchMethod.Random), spec =>
    {
        var trials = All(spec);
        trials.Distinct().Count().ShouldBe(trials.Count);
        trials.Count.ShouldBe(Math.Min(spec.RunCap!.Value, (int)GridSpace.Of(spec.Space)!.Size));
        trials.ShouldBeSubsetOf(All(spec with { Method = SearchMethod.Grid, RunCap = null }));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RandomStaysInsideOfItsDomains() => Prop.ForAll(Spaces.Any, spec =>
        All(spec).ShouldAllBe(trial =>
            trial.Count == spec.Parameters.Count && spec.Parameters.All(parameter => Contains(parameter.Domain, trial[parameter.Name]!))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void TheOrderOfAskingDoesNotMatter() => Prop.ForAll(Spaces.Any, spec =>
    {
        var backwards = Samplers.For(spec);
        Enumerable.Range(1, TrialSource.CountOf(spec)).Reverse().Select(number => backwards.Choose(number)!).Reverse().ShouldBe(All(spec));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AHigherCapOnlyAddsTrials() => Prop.ForAll(Spaces.Any, spec =>
        All(spec with { RunCap = spec.RunCap + 50 }).Take(TrialSource.CountOf(spec)).ShouldBe(All(spec))).QuickCheckThrowOnFailure();

    [Fact]
    public void TheLastParameterOfAGridChangesFastest()
    {
        var spec = Spec(SearchMethod.Grid, null, ("depth", Choices(1L, 2L)), ("epochs", new SearchDomain.Constant(5L)), ("optimizer", Choices("sgd", "adam")));
        All(spec).Select(trial => trial.ToString()).ShouldBe([
            "depth=1, epochs=5, optimizer=sgd", "depth=1, epochs=5, optimizer=adam",
            "depth=2, epochs=5, optimizer=sgd", "depth=2, epochs=5, optimizer=adam",
        ]);
    }

    // Written down once: a release that draws otherwise would break every sweep that is to go on.
    [Fact]
    public void TheDrawsOfASeedAreTheSameInEveryRelease()
    {
        var spec = Spec(
            SearchMethod.Random, 2, ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)),
            ("width", new SearchDomain.WholeRange(1, 512)), ("optimizer", Choices("sgd", "adam")));
        All(spec).Select(trial => trial.ToString()).ShouldBe([
            "dropout=0.28411461469028393, optimizer=sgd, width=55", "dropout=0.44717243013099583, optimizer=sgd, width=512",
        ]);
        var finite = Spec(SearchMethod.Random, 5, ("width", new SearchDomain.WholeRange(1, 512)));
        All(finite).Select(trial => trial.ToString()).ShouldBe(["width=306", "width=113", "width=393", "width=123", "width=115"]);
    }

    [Fact]
    public void AnotherSeedGivesOtherTrials()
    {
        var spec = Spec(SearchMethod.Random, 20, ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)));
        All(spec).Intersect(All(spec with { Seed = 2 })).ShouldBeEmpty();
        var finite = Spec(SearchMethod.Random, 20, ("width", new SearchDomain.WholeRange(1, 65536)));
        All(finite).ShouldNotBe(All(finite with { Seed = 2 }));
    }

    [Fact]
    public void AParameterMoreLeavesTheOthersAsTheyWere()
    {
        var one = Spec(SearchMethod.Random, 20, ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)));
        var two = one with { Space = Engine.Space([new SearchParameter("depth", new SearchDomain.WholeRange(1, 3)), .. one.Parameters]) };
        All(two).Select(trial => trial["dropout"]).ShouldBe(All(one).Select(trial => trial["dropout"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DrawsSpreadEvenlyOverTheRange(bool logarithmic)
    {
        var spec = Spec(
            SearchMethod.Random, 10_000, ("learning_rate", new SearchDomain.RealRange(1e-4, 1, logarithmic)), ("depth", new SearchDomain.WholeRange(0, 9)));
        var trials = All(spec);
        var rates = trials.Select(trial => ((ParameterValue.Real)trial["learning_rate"]!).Value);
        var tenths = rates.CountBy(rate => (int)(10 * (logarithmic ? (Math.Log10(rate) + 4) / 4 : rate)));
        tenths.ShouldAllBe(tenth => tenth.Value > 850 && tenth.Value < 1150);
        trials.CountBy(trial => trial["depth"]!).ShouldAllBe(depth => depth.Value > 850 && depth.Value < 1150);
    }

    [Fact]
    public void TheFirstTrialOfAFiniteSpaceIsAnyOfItsPoints()
    {
        var spec = Spec(SearchMethod.Random, 1, ("depth", new SearchDomain.WholeRange(0, 4)));
        var first = Enumerable.Range(0, 5000).CountBy(seed => Samplers.For(spec with { Seed = seed }).Choose(1)!["depth"]!);
        first.ShouldAllBe(depth => depth.Value > 850 && depth.Value < 1150);
    }

    [Fact]
    public void ASpaceBeyondCountingHasNoPointTwiceEither()
    {
        var spec = Spec(
            SearchMethod.Random, 2000, ("seed", new SearchDomain.WholeRange(0, long.MaxValue)), ("split_seed", new SearchDomain.WholeRange(0, long.MaxValue)));
        All(spec).Distinct().Count().ShouldBe(2000);
    }

    [Fact]
    public void AGridEndsBehindItsLastPoint()
    {
        var sampler = Samplers.For(Spec(SearchMethod.Grid, null, ("depth", Choices(1L, 2L))));
        sampler.Choose(2).ShouldNotBeNull();
        sampler.Choose(3).ShouldBeNull();
    }

    private static List<ParameterSet> All(SweepSpec spec)
    {
        var sampler = Samplers.For(spec);
        return [.. Enumerable.Range(1, TrialSource.CountOf(spec)).Select(number => sampler.Choose(number)!)];
    }

    private static SweepSpec Spec(SearchMethod method, int? runCap, params (string Name, SearchDomain Domain)[] parameters) =>
        new(
            "t", method, Objective.Default, Engine.Space([.. parameters.Select(parameter => new SearchParameter(parameter.Name, parameter.Domain))]), runCap,
            Seed: 1);

    private static SearchDomain.Choices Choices(params ParameterValue[] values) => new(values);

    private static int SizeOf(SearchDomain domain) => domain switch
    {
        SearchDomain.Choices choices => choices.Values.Count,
        SearchDomain.WholeRange range => (int)(range.Max - range.Min + 1),
        _ => 1,
    };

    private static bool Contains(SearchDomain domain, ParameterValue value) => (domain, value) switch
    {
        (SearchDomain.Constant constant, _) => value == constant.Value,
        (SearchDomain.Choices choices, _) => choices.Values.Contains(value),
        (SearchDomain.WholeRange range, ParameterValue.Whole whole) => whole.Value >= range.Min && whole.Value <= range.Max,
        (SearchDomain.RealRange range, ParameterValue.Real real) => real.Value >= range.Min && real.Value <= range.Max,
        _ => false,
    };
}
