using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class GpSamplerTests
{
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

    [Fact]
    public void TheSameSeedMakesTheSameSearch()
    {
        var search = TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 20);
        TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 20).ShouldBe(search);
        TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 2), TpeSearch.Training, 20).ShouldNotBe(search);
    }

    // 70 trials: length scales are not worked out anew for each of the last ones.
    [Theory]
    [InlineData(20)]
    [InlineData(70)]
    public void ASamplerThatIsToldAllInAnyOrderGoesOnWhereAnotherLeftOff(int count)
    {
        var first = new GpSampler(TpeSearch.Mixed, seed: 1);
        var trials = TpeSearch.Run(first, TpeSearch.Training, count);
        var started = trials.Select(trial => trial with { Standing = Standing.Running, Loss = null, Epochs = 0 });
        var second = Told(TpeSearch.Mixed, [.. started, .. trials.AsEnumerable().Reverse()]);
        second.Choose(count + 1).ShouldBe(first.Choose(count + 1));
    }

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
    public void ConditionsHoldOfEveryProposal()
    {
        var sampler = Searched();
        Enumerable.Range(31, 8).Select(number => sampler.Choose(number)!)
            .ShouldAllBe(trial => trial["momentum"] != null == (trial["optimizer"] == "sgd") && trial["epochs"] == 3L);
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
    public void TheBetterOfSomeValuesIsTriedMoreOften()
    {
        var space = Engine.Space([new("activation", new SearchDomain.Choices(["relu", "tanh", "sigmoid", "gelu"])), new("x", TpeSearch.Real(0, 1))]);
        var trials = TpeSearch.Run(new GpSampler(space, seed: 1), trial => trial["activation"] == "gelu" ? 0 : 1 + TpeSearch.Number(trial, "x"), 40);
        trials.Skip(20).Count(trial => trial.Parameters["activation"] == "gelu").ShouldBeGreaterThan(10);
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

    [Theory]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void AmongEqualTrialsItGoesOn(double loss) =>
        TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), _ => loss, 30).Select(trial => trial.Parameters).Distinct().Count().ShouldBe(30);

    [Fact]
    public void ASmallSpaceIsTriedWhole()
    {
        var space = Engine.Space([new("depth", new SearchDomain.WholeRange(1, 6)), new("optimizer", new SearchDomain.Choices(["sgd", "adam", "lion"]))]);
        TpeSearch.Run(new GpSampler(space, seed: 1), trial => TpeSearch.Number(trial, "depth"), 40)
            .Select(trial => trial.Parameters).Distinct().Count().ShouldBe(18);
    }

    [Fact]
    public void ASpaceOfOnePointIsProposedAgainAndAgain()
    {
        var space = Engine.Space([new("epochs", new SearchDomain.Constant(3L)), new("depth", new SearchDomain.WholeRange(2, 2))]);
        TpeSearch.Run(new GpSampler(space, seed: 1), _ => 1, 10).ShouldAllBe(trial => trial.Parameters.ToString() == "depth=2, epochs=3");
    }

    [Fact]
    public void ValuesOfAnEarlierRangeAreTakenAsItsEnds()
    {
        static ParameterSet Before(double rate, ParameterValue optimizer) =>
            new([new("learning_rate", rate), new("depth", 9L), new("optimizer", optimizer), new("epochs", 3L), new("momentum", -1.0)]);
        var earlier = Enumerable.Range(1, 30).Select(
            number => new Observation(number, Before(number, number % 2 == 0 ? "sgd" : "adagrad"), Standing.Completed, number, 1));
        var sampler = Told(TpeSearch.Mixed, earlier);
        Enumerable.Range(31, 5).Select(number => sampler.Choose(number)!).ShouldAllBe(trial =>
            TpeSearch.Number(trial, "learning_rate") <= 1 && TpeSearch.Number(trial, "depth") <= 6 && trial["optimizer"] != "adagrad");
    }

    private static GpSampler Searched() =>
        Told(TpeSearch.Mixed, TpeSearch.Run(new GpSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 30));

    private static GpSampler Told(SearchSpace space, IEnumerable<Observation> observations)
    {
        var sampler = new GpSampler(space, seed: 1);
        foreach (var observation in observations) sampler.Tell(observation);
        return sampler;
    }

    private static double Best(ISampler sampler, Func<ParameterSet, double> lossOf) => TpeSearch.Run(sampler, lossOf, 30).Min(trial => trial.Loss!.Value);

    private static double Median(Func<int, double> resultOf) => Enumerable.Range(1, 5).Select(resultOf).Order().ElementAt(2);

    private static double Distance(ParameterSet one, ParameterSet other) =>
        Math.Abs(TpeSearch.Number(one, "x") - TpeSearch.Number(other, "x")) + Math.Abs(TpeSearch.Number(one, "y") - TpeSearch.Number(other, "y"));
}
