using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling;

/// <summary>What holds of each sampler that follows the best trials, at the edges as well.</summary>
public abstract class LearningSamplerContract
{
    /// <summary>Has learned after so many trials.</summary>
    protected abstract int Learned { get; }

    protected abstract ISampler Start(SearchSpace space, long seed = 1);

    [Fact]
    public void TheSameSeedMakesTheSameSearch()
    {
        var search = TpeSearch.Run(Start(TpeSearch.Mixed), TpeSearch.Training, Learned);
        TpeSearch.Run(Start(TpeSearch.Mixed), TpeSearch.Training, Learned).ShouldBe(search);
        TpeSearch.Run(Start(TpeSearch.Mixed, seed: 2), TpeSearch.Training, Learned).ShouldNotBe(search);
    }

    [Fact]
    public void ASamplerThatIsToldAllInAnyOrderGoesOnWhereAnotherLeftOff() => GoesOnAfter(Learned);

    [Fact]
    public void ConditionsHoldOfEveryProposal() => Next(Told(TpeSearch.Mixed, TpeSearch.Run(Start(TpeSearch.Mixed), TpeSearch.Training, Learned)))
        .ShouldAllBe(trial => trial["momentum"] != null == (trial["optimizer"] == "sgd") && trial["epochs"] == 3L);

    [Fact]
    public void TheBetterOfSomeValuesIsTriedMoreOften()
    {
        var space = Engine.Space([new("activation", new SearchDomain.Choices(["relu", "tanh", "sigmoid", "gelu"])), new("x", TpeSearch.Real(0, 1))]);
        TpeSearch.Run(Start(space), trial => trial["activation"] == "gelu" ? 0 : 1 + TpeSearch.Number(trial, "x"), 2 * Learned)
            .Skip(Learned).Count(trial => trial.Parameters["activation"] == "gelu").ShouldBeGreaterThan(Learned / 2);
    }

    [Fact]
    public void ASpaceOfOnePointIsProposedAgainAndAgain()
    {
        var space = Engine.Space([new("epochs", new SearchDomain.Constant(3L)), new("depth", new SearchDomain.WholeRange(2, 2))]);
        TpeSearch.Run(Start(space), _ => 1, Learned).ShouldAllBe(trial => trial.Parameters.ToString() == "depth=2, epochs=3");
    }

    [Fact]
    public void ASpaceWithoutParametersIsProposedAsItIs() =>
        TpeSearch.Run(Start(Engine.Space([])), _ => 1, Learned).ShouldAllBe(trial => trial.Parameters.Count == 0);

    [Fact]
    public void ASmallSpaceIsTriedWhole()
    {
        var space = Engine.Space([new("depth", new SearchDomain.WholeRange(1, 6)), new("optimizer", new SearchDomain.Choices(["sgd", "adam", "lion"]))]);
        TpeSearch.Run(Start(space), trial => TpeSearch.Number(trial, "depth"), 3 * Learned).Select(trial => trial.Parameters).Distinct().Count().ShouldBe(18);
    }

    [Fact]
    public void ValuesOfAnEarlierRangeAreTakenAsItsEnds()
    {
        static ParameterSet Before(double rate, ParameterValue optimizer) =>
            new([new("learning_rate", rate), new("depth", 9L), new("optimizer", optimizer), new("epochs", 3L), new("momentum", -1.0)]);
        var earlier = Enumerable.Range(1, 30).Select(
            number => new Observation(number, Before(number, number % 2 == 0 ? "sgd" : "adagrad"), Standing.Completed, number, 1));
        Next(Told(TpeSearch.Mixed, earlier)).ShouldAllBe(trial =>
            TpeSearch.Number(trial, "learning_rate") <= 1 && TpeSearch.Number(trial, "depth") <= 6 && trial["optimizer"] != "adagrad");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void AmongEqualTrialsItGoesOn(double loss) =>
        TpeSearch.Run(Start(TpeSearch.Mixed), _ => loss, Learned).Select(trial => trial.Parameters).Distinct().Count().ShouldBe(Learned);

    protected void GoesOnAfter(int count)
    {
        var first = Start(TpeSearch.Mixed);
        var trials = TpeSearch.Run(first, TpeSearch.Training, count);
        var started = trials.Select(trial => trial with { Standing = Standing.Running, Loss = null, Epochs = 0 });
        Told(TpeSearch.Mixed, [.. started, .. trials.AsEnumerable().Reverse()]).Choose(count + 1).ShouldBe(first.Choose(count + 1));
    }

    protected ISampler Told(SearchSpace space, IEnumerable<Observation> observations)
    {
        var sampler = Start(space);
        foreach (var observation in observations) sampler.Tell(observation);
        return sampler;
    }

    private static List<ParameterSet> Next(ISampler sampler) => [.. Enumerable.Range(151, 8).Select(number => sampler.Choose(number)!)];
}
