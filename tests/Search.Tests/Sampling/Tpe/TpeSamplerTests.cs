using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Tpe;

public sealed class TpeSamplerTests
{
    [Fact]
    public void ItComesNearerToTheBottomOfABowlThanRandom() => Median(seed => Best(new TpeSampler(TpeSearch.Square, seed), TpeSearch.Bowl))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Square, seed), TpeSearch.Bowl)) / 5);

    [Fact]
    public void ItComesNearerToTheBestOfAConditionalSpaceThanRandom() => Median(seed => Best(new TpeSampler(TpeSearch.Mixed, seed), TpeSearch.Training))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Mixed, seed), TpeSearch.Training)) / 2);

    [Fact]
    public void TheSameSeedMakesTheSameSearch()
    {
        var search = TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 40);
        TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 40).ShouldBe(search);
        TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 2), TpeSearch.Training, 40).ShouldNotBe(search);
    }

    [Fact]
    public void ASamplerThatIsToldAllInAnyOrderGoesOnWhereAnotherLeftOff()
    {
        var first = new TpeSampler(TpeSearch.Mixed, seed: 1);
        var trials = TpeSearch.Run(first, TpeSearch.Training, 40);
        var started = trials.Select(trial => trial with { Standing = Standing.Running, Loss = null, Epochs = 0 });
        var second = TpeSearch.Told(TpeSearch.Mixed, [.. started, .. trials.AsEnumerable().Reverse()]);
        Next(second).ShouldBe(Next(first));
    }

    [Fact]
    public void TheNextNumberHasAnotherProposal() => Next(Searched()).Distinct().Count().ShouldBe(20);

    [Fact]
    public void ConditionsHoldOfEveryProposal() => Next(Searched()).ShouldAllBe(trial =>
        trial["momentum"] != null == (trial["optimizer"] == "sgd") && trial["epochs"] == 3L);

    [Fact]
    public void ProposalsAtATimeKeepApart()
    {
        var ended = TpeSearch.Run(new TpeSampler(TpeSearch.Square, seed: 1), TpeSearch.Bowl, 60);
        var (alone, beside) = (TpeSearch.Told(TpeSearch.Square, ended), TpeSearch.Told(TpeSearch.Square, ended));
        var (ignorant, informed) = (new List<ParameterSet>(), new List<ParameterSet>());
        foreach (var number in Enumerable.Range(61, 40))
        {
            ignorant.Add(alone.Choose(number)!);
            informed.Add(beside.Choose(number)!);
            beside.Tell(new Observation(number, informed[^1], Standing.Running));
        }
        Spread(informed).ShouldBeGreaterThan(1.5 * Spread(ignorant));
    }

    [Fact]
    public void TheBetterOfSomeValuesIsTriedMoreOften()
    {
        var space = Engine.Space([new("activation", new SearchDomain.Choices(["relu", "tanh", "sigmoid", "gelu"])), new("x", TpeSearch.Real(0, 1))]);
        var trials = TpeSearch.Run(new TpeSampler(space, seed: 1), trial => trial["activation"] == "gelu" ? 0 : 1 + TpeSearch.Number(trial, "x"), 80);
        trials.Skip(40).Count(trial => trial.Parameters["activation"] == "gelu").ShouldBeGreaterThan(25);
    }

    [Fact]
    public void FailedTrialsAreKeptAwayFrom()
    {
        var sampler = new TpeSampler(TpeSearch.Square, seed: 1);
        foreach (var number in Enumerable.Range(1, 60))
        {
            var chosen = sampler.Choose(number)!;
            sampler.Tell(
                TpeSearch.Number(chosen, "x") > 0.5
                    ? new Observation(number, chosen, Standing.Failed)
                    : new Observation(number, chosen, Standing.Completed, 1, 1));
        }
        Next(sampler).Count(trial => TpeSearch.Number(trial, "x") > 0.5).ShouldBeLessThan(5);
    }

    [Fact]
    public void PrunedTrialsAreNoMatchForCompletedOnes()
    {
        var random = new RandomSampler(TpeSearch.Square, seed: 1);
        var trials = Enumerable.Range(1, 60).Select(number => random.Choose(number)!).Select((chosen, index) => TpeSearch.Number(chosen, "x") < 0.3
            ? new Observation(index + 1, chosen, Standing.Completed, 1, Epochs: 10)
            : new Observation(index + 1, chosen, Standing.Pruned, 0.5, Epochs: 1));
        Next(TpeSearch.Told(TpeSearch.Square, trials)).Count(trial => TpeSearch.Number(trial, "x") < 0.4).ShouldBeGreaterThan(12);
    }

    private static TpeSampler Searched() =>
        TpeSearch.Told(TpeSearch.Mixed, TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 40));

    private static double Best(ISampler sampler, Func<ParameterSet, double> lossOf) => TpeSearch.Run(sampler, lossOf, 60).Min(trial => trial.Loss!.Value);

    private static double Median(Func<int, double> resultOf) => Enumerable.Range(1, 9).Select(resultOf).Order().ElementAt(4);

    private static List<ParameterSet> Next(TpeSampler sampler) => [.. Enumerable.Range(61, 20).Select(number => sampler.Choose(number)!)];

    private static double Spread(List<ParameterSet> trials) => trials.SelectMany(_ => trials, (one, other) =>
        Math.Abs(TpeSearch.Number(one, "x") - TpeSearch.Number(other, "x")) + Math.Abs(TpeSearch.Number(one, "y") - TpeSearch.Number(other, "y"))).Average();
}
