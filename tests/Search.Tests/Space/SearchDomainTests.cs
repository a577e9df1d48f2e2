using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Space;

public sealed class SearchDomainTests
{
    [Fact]
    public void AShareOfAValueGivesTheValue() => Prop.ForAll(Domains, DistributionTests.Shares, (domain, share) =>
    {
        var value = domain.At(share);
        var back = domain.ShareOf(value);
        back.ShouldBeInRange(0, Math.BitDecrement(1.0));
        if (domain is SearchDomain.RealRange) NumberOf(domain.At(back)).ShouldBe(NumberOf(value), 1e-6 * (1 + Math.Abs(NumberOf(value))));
        else domain.At(back).ShouldBe(value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ValuesRiseWithTheirShares() => Prop.ForAll(Domains, DistributionTests.Shares, (domain, share) =>
    {
        if (domain is not SearchDomain.Choices) NumberOf(domain.At(share / 2)).ShouldBeLessThanOrEqualTo(NumberOf(domain.At(share)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ANumberBeyondTheEndsCountsAsTheNearestEnd()
    {
        SearchDomain[] domains =
        [
            new SearchDomain.WholeRange(10, 20), new SearchDomain.RealRange(10, 20, Logarithmic: true), new SearchDomain.RealRange(10, 20, Logarithmic: false),
            new SearchDomain.SteppedRange(new Distribution.Uniform(10, 20), 5, 2, 4, Whole: true),
        ];
        foreach (var domain in domains)
        {
            NumberOf(domain.At(domain.ShareOf(5L))).ShouldBe(10, 1e-12);
            NumberOf(domain.At(domain.ShareOf(25.5))).ShouldBe(20, 1e-12);
        }
    }

    [Fact]
    public void StepsAreWrittenAsPeopleWriteThem()
    {
        var tenths = new SearchDomain.SteppedRange(new Distribution.Uniform(0, 0.5), 0.1, 0, 5, Whole: false);
        tenths.Size.ShouldBe(6);
        Enumerable.Range(0, 6).Select(index => tenths.Nth((ulong)index)).ShouldBe([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    }

    // Half of a quantum rounds to each end, a whole one to every other step.
    [Fact]
    public void TheEndsOfAUniformRangeHaveHalfAStep()
    {
        var steps = new SearchDomain.SteppedRange(new Distribution.Uniform(0, 4), 1, 0, 4, Whole: true);
        Enumerable.Range(0, 800).Select(index => steps.At((index + 0.5) / 800)).CountBy(value => value).Select(pair => pair.Value)
            .ShouldBe([100, 200, 200, 200, 100]);
    }

    [Fact]
    public void ValuesComeAsOftenAsTheirProbabilities()
    {
        var choices = new SearchDomain.Choices(["sgd", "adam", "lion"], [0.5, 0, 0.5]);
        Enumerable.Range(0, 100).Select(index => choices.At(index / 100.0)).CountBy(value => value.ToString()).ShouldBe(
            [new("sgd", 50), new("lion", 50)]);
        choices.At(Math.BitDecrement(1.0)).ShouldBe("lion");
    }

    [Fact]
    public void ATailThatIsNeverDrawnIsNotCounted() =>
        new SearchDomain.SteppedRange(new Distribution.Truncated(new Distribution.Normal(64, 8), 1, 60000), 8, 1, 7500, Whole: true).Size.ShouldBeNull();

    private static Arbitrary<SearchDomain> Domains { get; } = Gen.OneOf(
        DistributionTests.Any.Generator.Select(distribution => (SearchDomain)new SearchDomain.RealRange(distribution)),
        from distribution in DistributionTests.Any.Generator
        from quantum in Gen.Elements(1, 0.25, 0.1, 8)
        select (SearchDomain)new SearchDomain.SteppedRange(distribution, quantum, -20, 50, Whole: quantum >= 1),
        from count in Gen.Choose(1, 6)
        from weights in Gen.ListOf(Gen.Choose(1, 9), count)
        select (SearchDomain)new SearchDomain.Choices(
            [.. Enumerable.Range(0, count).Select(value => (ParameterValue)(long)value)],
            [.. weights.Select(weight => weight / (double)weights.Sum())])).ToArbitrary();

    private static double NumberOf(ParameterValue value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
}
