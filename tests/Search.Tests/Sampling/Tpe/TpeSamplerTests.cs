using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Tpe;

public sealed class TpeSamplerTests : LearningSamplerContract
{
    protected override int Learned => 40;

    protected override ISampler Start(SearchSpace space, long seed = 1) => new TpeSampler(space, seed);

    [Fact]
    public void ItComesNearerToTheBottomOfABowlThanRandom() => Median(seed => Best(new TpeSampler(TpeSearch.Square, seed), TpeSearch.Bowl))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Square, seed), TpeSearch.Bowl)) / 5);

    [Fact]
    public void ItComesNearerToTheBestOfAConditionalSpaceThanRandom() => Median(seed => Best(new TpeSampler(TpeSearch.Mixed, seed), TpeSearch.Training))
        .ShouldBeLessThan(Median(seed => Best(new RandomSampler(TpeSearch.Mixed, seed), TpeSearch.Training)) / 2);

    [Fact]
    public void TheNextNumberHasAnotherProposal() => Next(Searched()).Distinct().Count().ShouldBe(20);

    [Fact]
    public void ProposalsAtATimeKeepApart()
    {
        var ended = TpeSearch.Run(new TpeSampler(TpeSearch.Square, seed: 1), TpeSearch.Bowl, 60);
        var (alone, beside) = (Told(TpeSearch.Square, ended), Told(TpeSearch.Square, ended));
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
        Next(Told(TpeSearch.Square, trials)).Count(trial => TpeSearch.Number(trial, "x") < 0.4).ShouldBeGreaterThan(12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void WithoutALossItSearchesAtRandom(double? loss)
    {
        var random = new RandomSampler(TpeSearch.Mixed, seed: 1);
        var sampler = Told(
            TpeSearch.Mixed, Enumerable.Range(1, 40).Select(number => new Observation(number, random.Choose(number)!, Standing.Failed, loss)));
        sampler.Choose(41).ShouldBe(random.Choose(41));
    }

    [Fact]
    public void AValueThatIsNeverDrawnMayHaveBeenTried()
    {
        var space = Engine.Space([new("optimizer", new SearchDomain.Choices(["sgd", "adam"], [0, 1])), new("x", TpeSearch.Real(0, 1))]);
        static ParameterSet Baseline(int number) => new([new("optimizer", "sgd"), new("x", number / 40.0)]);
        var sampler = Told(space, Enumerable.Range(1, 30).Select(number => new Observation(number, Baseline(number), Standing.Completed, number, 1)));
        Enumerable.Range(31, 20).Select(number => sampler.Choose(number)!).ShouldAllBe(trial => trial["optimizer"] == "adam");
    }

    private ISampler Searched() =>
        Told(TpeSearch.Mixed, TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 1), TpeSearch.Training, 40));

    private static double Best(ISampler sampler, Func<ParameterSet, double> lossOf) => TpeSearch.Run(sampler, lossOf, 60).Min(trial => trial.Loss!.Value);

    private static double Median(Func<int, double> resultOf) => Enumerable.Range(1, 9).Select(resultOf).Order().ElementAt(4);

    private static List<ParameterSet> Next(ISampler sampler) => [.. Enumerable.Range(61, 20).Select(number => sampler.Choose(number)!)];

    private static double Spread(List<ParameterSet> trials) => trials.SelectMany(_ => trials, (one, other) =>
        Math.Abs(TpeSearch.Number(one, "x") - TpeSearch.Number(other, "x")) + Math.Abs(TpeSearch.Number(one, "y") - TpeSearch.Number(other, "y"))).Average();
}
