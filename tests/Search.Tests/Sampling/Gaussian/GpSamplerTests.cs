using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class GpSamplerTests : LearningSamplerContract
{
    protected override int Learned => 30;

    protected override ISampler Start(SearchSpace space, long seed = 1) => new GpSampler(space, seed);

    [Fact]
    public void ItComesMuchNearerToTheBottomOfABowlThanRandom() => Median(seed => Best(new GpSampler(TpeSearch.Square, seed), TpeSearch.Bowl))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Square, seed), TpeSearch.Bowl)) / 100);

    [Fact]
    public void ItComesNearerToTheBestOfAConditionalSpaceThanRandom() => Median(seed => Best(new GpSampler(TpeSearch.Mixed, seed), TpeSearch.Training))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Mixed, seed), TpeSearch.Training)) / 5);

    [Fact]
    public void ItBeginsAsSobolDoes()
    {
        var sobol = new SobolSampler(TpeSearch.Mixed, seed: 1);
        TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 4).Select(trial => trial.Parameters)
            .ShouldBe(Enumerable.Range(1, 4).Select(number => sobol.Choose(number)!));
    }

    // Length scales are not worked out anew for each of the last ones.
    [Fact]
    public void SoItDoesAfterManyTrials() => GoesOnAfter(70);

    [Fact]
    public void WhatWasTurnedDownIsNotProposedAgain()
    {
        var sampler = Searched();
        Enumerable.Range(31, 8).Select(number => sampler.Choose(number)!).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void WhetherSomeWereTurnedDownBeforeChangesNothing()
    {
        var (asked, fresh) = (Searched(), Searched());
        for (var number = 31; number <= 33; number++) asked.Choose(number);
        var trial = new Observation(31, fresh.Choose(31)!, Standing.Running);
        asked.Tell(trial);
        fresh.Tell(trial);
        asked.Choose(35).ShouldBe(fresh.Choose(32));
    }

    [Fact]
    public void ConstraintsHoldOfEveryProposalOnceItHasLearned()
    {
        var space = Engine.Space([new("x", TpeSearch.Real(0, 1)), new("y", TpeSearch.Real(0, 1))], [Engine.Parse("x + y <= 0.5", ["x", "y"])]);
        var trials = TpeSearch.Run(new GpSampler(space, seed: 1), TpeSearch.Bowl, 25);
        trials.Skip(4).ShouldAllBe(trial => space.Admits(trial.Parameters));
        trials.Where(trial => space.Admits(trial.Parameters)).Min(trial => trial.Loss!.Value).ShouldBe(0.08, 0.01);
    }

    [Fact]
    public void ProposalsAtATimeKeepApart()
    {
        var sampler = Told(TpeSearch.Square, TpeSearch.Run(new GpSampler(TpeSearch.Square, seed: 1), TpeSearch.Bowl, 15));
        var chosen = new List<ParameterSet>();
        foreach (var number in Enumerable.Range(16, 8))
        {
            chosen.Add(sampler.Choose(number)!);
            sampler.Tell(new Observation(number, chosen[^1], Standing.Running));
        }
        chosen.SelectMany((_, index) => chosen.Take(index), Distance).Min().ShouldBeGreaterThan(1e-5);
    }

    [Fact]
    public void FailedTrialsAreKeptAwayFrom()
    {
        var sampler = new GpSampler(TpeSearch.Square, seed: 1);
        var failed = 0;
        foreach (var number in Enumerable.Range(1, 40))
        {
            var chosen = sampler.Choose(number)!;
            var isFailure = TpeSearch.Number(chosen, "x") > 0.5;
            if (isFailure && number > 20) failed++;
            sampler.Tell(isFailure
                ? new Observation(number, chosen, Standing.Failed)
                : new Observation(number, chosen, Standing.Completed, TpeSearch.Bowl(chosen), 1));
        }
        failed.ShouldBeLessThan(3);
    }

    private ISampler Searched() =>
        Told(TpeSearch.Mixed, TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 30));

    private static double Best(ISampler sampler, Func<ParameterSet, double> lossOf) => TpeSearch.Run(sampler, lossOf, 30).Min(trial => trial.Loss!.Value);

    private static double Median(Func<int, double> resultOf) => Enumerable.Range(1, 5).Select(resultOf).Order().ElementAt(2);

    private static double Distance(ParameterSet one, ParameterSet other) =>
        Math.Abs(TpeSearch.Number(one, "x") - TpeSearch.Number(other, "x")) + Math.Abs(TpeSearch.Number(one, "y") - TpeSearch.Number(other, "y"));
}
