using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Space;

public sealed class MendingTests
{
    [Theory]
    [InlineData("width = 100")]
    [InlineData("depth * width = 64")]
    [InlineData("width % 1024 = 3 and depth = 2")]
    [InlineData("0.3 <= dropout <= 0.3000001")]
    [InlineData("abs(dropout + flip - 0.7) < 1e-6")]
    [InlineData("log2(width) = 13")]
    [InlineData("dropout in [0.125, 0.25]")]
    [InlineData("dropout = flip")]
    [InlineData("not (width < 59999 or flip > 1e-6)")]
    public void WhatIsRarelyMetIsFound(string constraint)
    {
        var space = Space(constraint);
        var mending = new Mending(space);
        foreach (var number in Enumerable.Range(1, 20)) space.Admits(mending.Mend(Proposal(space, number), number)!).ShouldBeTrue();
    }

    [Fact]
    public void WhatIsMovedFillsTheBandThatIsLeft()
    {
        var space = Space("0.2 <= dropout <= 0.2001");
        var mending = new Mending(space);
        var found = Enumerable.Range(1, 200).Select(number => ((ParameterValue.Real)mending.Mend(Proposal(space, number), number)!["dropout"]!).Value);
        var fifths = found.CountBy(value => (int)((value - 0.2) / 0.00002));
        fifths.Count().ShouldBe(5);
        fifths.ShouldAllBe(fifth => fifth.Value > 20);
    }

    [Fact]
    public void TheSameProposalIsMendedInTheSameWay()
    {
        var space = Space("depth * width = 64");
        var (one, other) = (new Mending(space), new Mending(space));
        foreach (var number in Enumerable.Range(1, 20)) one.Mend(Proposal(space, number), number).ShouldBe(other.Mend(Proposal(space, number), number));
    }

    [Fact]
    public void WhatIsNeverMetIsNotFound() => new Mending(Space("dropout + flip > 1.6")).Mend(Proposal(Space("depth > 0"), 1), 1).ShouldBeNull();

    [Fact]
    public void WhatIsOftenMetIsNotMended() => Mending.Where(Space("dropout < 0.4")).ShouldBeNull();

    private static SearchSpace Space(string constraint) => SweepText.Read(
        "method: random\nrun_cap: 5\nparameters:\n  depth: {min: 1, max: 3}\n  width: {min: 1, max: 60000}\n  dropout: {min: 0.0, max: 0.5}\n"
            + "  flip: {min: 0.0, max: 1.0}\nconstraints: [depth > 0]")
        .Space.Under([Engine.Parse(constraint, Engine.Catalog.Names)]);

    private static ParameterSet Proposal(SearchSpace space, int number) =>
        space.Choose(parameter => parameter.Domain.At(SplitMix64.At(SplitMix64.Key(1, parameter.Name), number).NextUnit()));
}
