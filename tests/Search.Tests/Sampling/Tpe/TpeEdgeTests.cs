using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Tpe;

public sealed class TpeEdgeTests
{
    [Fact]
    public void ASpaceOfOnePointIsProposedAgainAndAgain()
    {
        var space = Engine.Space([new("epochs", new SearchDomain.Constant(3L)), new("depth", new SearchDomain.WholeRange(2, 2))]);
        TpeSearch.Run(new TpeSampler(space, seed: 1), _ => 1, 30).ShouldAllBe(trial => trial.Parameters.ToString() == "depth=2, epochs=3");
    }

    [Fact]
    public void ASpaceWithoutParametersIsProposedAsItIs() =>
        TpeSearch.Run(new TpeSampler(Engine.Space([]), seed: 1), _ => 1, 30).ShouldAllBe(trial => trial.Parameters.Count == 0);

    [Fact]
    public void ASmallSpaceIsTriedWhole()
    {
        var space = Engine.Space([new("depth", new SearchDomain.WholeRange(1, 6)), new("optimizer", new SearchDomain.Choices(["sgd", "adam", "lion"]))]);
        TpeSearch.Run(new TpeSampler(space, seed: 1), trial => TpeSearch.Number(trial, "depth"), 150)
            .Select(trial => trial.Parameters).Distinct().Count().ShouldBe(18);
    }

    [Fact]
    public void ValuesOfAnEarlierRangeAreTakenAsItsEnds()
    {
        static ParameterSet Before(double rate, ParameterValue optimizer) =>
            new([new("learning_rate", rate), new("depth", 9L), new("optimizer", optimizer), new("epochs", 3L), new("momentum", -1.0)]);
        var earlier = Enumerable.Range(1, 30).Select(
            number => new Observation(number, Before(number, number % 2 == 0 ? "sgd" : "adagrad"), Standing.Completed, number, 1));
        var sampler = TpeSearch.Told(TpeSearch.Mixed, earlier);
        Enumerable.Range(31, 30).Select(number => sampler.Choose(number)!).ShouldAllBe(trial =>
            TpeSearch.Number(trial, "learning_rate") <= 1 && TpeSearch.Number(trial, "depth") <= 6 && trial["optimizer"] != "adagrad");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void WithoutALossItSearchesAtRandom(double? loss)
    {
        var random = new RandomSampler(TpeSearch.Mixed, seed: 1);
        var sampler = TpeSearch.Told(
            TpeSearch.Mixed, Enumerable.Range(1, 40).Select(number => new Observation(number, random.Choose(number)!, Standing.Failed, loss)));
        sampler.Choose(41).ShouldBe(random.Choose(41));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void AmongEqualTrialsItGoesOn(double loss) =>
        TpeSearch.Run(new TpeSampler(TpeSearch.Mixed, seed: 1), _ => loss, 60).Select(trial => trial.Parameters).Distinct().Count().ShouldBe(60);

    [Fact]
    public void AValueThatIsNeverDrawnMayHaveBeenTried()
    {
        var space = Engine.Space([new("optimizer", new SearchDomain.Choices(["sgd", "adam"], [0, 1])), new("x", TpeSearch.Real(0, 1))]);
        static ParameterSet Baseline(int number) => new([new("optimizer", "sgd"), new("x", number / 40.0)]);
        var sampler = TpeSearch.Told(space, Enumerable.Range(1, 30).Select(number => new Observation(number, Baseline(number), Standing.Completed, number, 1)));
        Enumerable.Range(31, 20).Select(number => sampler.Choose(number)!).ShouldAllBe(trial => trial["optimizer"] == "adam");
    }
}
