using FashionSweep.Search.Pruning;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class BracketsTests
{
    // Li et al. 2018, table 1: R = 81, eta = 3, whose rungs before the end are 1, 3, 9 and 27.
    [Fact]
    public void TheSharesAreThoseOfThePaper() => new Brackets(5, rungs: 4, eta: 3).Sizes.ShouldBe([81, 34, 15, 8, 5]);

    [Fact]
    public void TrialsGoIntoTheBracketsByTheirNumberRoundByRound()
    {
        var brackets = new Brackets(5, rungs: 4, eta: 3);
        for (var round = 0; round < 3; round++)
            Enumerable.Range((round * 143) + 1, 143).CountBy(brackets.Of).OrderBy(pair => pair.Key).Select(pair => pair.Value).ShouldBe([81, 34, 15, 8, 5]);
    }

    [Fact]
    public void ABracketWithoutRungsIsTheLast() => new Brackets(20, rungs: 2, eta: 2).Sizes.Count.ShouldBe(3);

    [Fact]
    public void ATrialWithoutRungsIsInTheOnlyBracket() => new Brackets(3, rungs: 0, eta: 3).Of(100_000).ShouldBe(0);

    [Fact]
    public void ManyRungsDoNotOverflow() => new Brackets(20, rungs: 31, eta: 100).Of(int.MaxValue).ShouldBe(0);
}
