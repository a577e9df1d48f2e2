using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class BeliefTests
{
    private const int Least = 4;

    [Fact]
    public void ASweepThatSawTheSameIsBelieved() => Of(12, TpeSearch.Bowl).Sweeps.ShouldBe([true]);

    [Fact]
    public void OneThatSawTheOppositeIsNot() => Of(12, trial => -TpeSearch.Bowl(trial)).Sweeps.ShouldBe([false]);

    [Fact]
    public void OneInWhichAllWasAlikeIsNot() => Of(12, _ => 0.5).Sweeps.ShouldBe([false]);

    [Fact]
    public void OfTwoTheRightOneIsBelieved() => Of(12, trial => -TpeSearch.Bowl(trial), TpeSearch.Bowl).Sweeps.ShouldBe([false, true]);

    [Fact]
    public void BeforeThereIsAnythingToJudgeByAllAreBelieved() => Of(Least - 1, trial => -TpeSearch.Bowl(trial)).Sweeps.ShouldBe([true]);

    [Fact]
    public void WithoutOtherSweepsThereAreOnlyScales() => Of(12).Sweeps.ShouldBeEmpty();

    private static Belief Of(int here, params Func<ParameterSet, double>[] prior)
    {
        var embedding = new Embedding(TpeSearch.Square, prior.Length);
        List<ToldTrial> Told(int trials, long seed, Func<ParameterSet, double> lossOf, int? sweep) =>
        [
            .. TpeSearch.Run(new RandomSampler(TpeSearch.Square, seed), lossOf, trials)
                .Select(trial => new ToldTrial(trial, embedding.Place(trial.Parameters, sweep))),
        ];
        return Belief.Of(embedding, [.. prior.Select((lossOf, sweep) => Told(40, 99, lossOf, sweep))], Told(here, 1, TpeSearch.Bowl, null), Least);
    }
}
