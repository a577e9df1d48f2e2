using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Sampling.Sobol;

public sealed class SobolSamplerTests
{
    private static readonly SearchDomain.RealRange Unit = new(0, 1, Logarithmic: false);

    [Theory]
    [InlineData(2, 64, 4)]
    [InlineData(4, 256, 3)]
    [InlineData(8, 256, 2)]
    public void ItsPointsLieMoreEvenlyThanRandomOnes(int dimensions, int trials, double times)
    {
        var space = Cube(dimensions);
        var random = Median(seed => Discrepancy(new RandomSampler(space, seed), dimensions, trials));
        Median(seed => Discrepancy(new SobolSampler(space, seed), dimensions, trials)).ShouldBeLessThan(random / times);
    }

    [Fact]
    public void EveryBeginningMeetsEveryWholeNumberAsOften()
    {
        var sampler = new SobolSampler(Space(("depth", new SearchDomain.WholeRange(1, 8)), ("optimizer", new SearchDomain.Choices(["sgd", "adam"]))), seed: 3);
        var trials = Enumerable.Range(1, 64).Select(number => sampler.Choose(number)!).ToList();
        foreach (var eight in trials.Chunk(8)) eight.Select(trial => trial["depth"]).Distinct().Count().ShouldBe(8);
        trials.CountBy(trial => trial).ShouldAllBe(trial => trial.Value == 4);
    }

    [Fact]
    public void ItStaysInsideOfItsDomainsInAnyOrderOfAsking() => Prop.ForAll(Spaces.Any, spec =>
    {
        var forwards = new SobolSampler(spec.Space, spec.Seed);
        var trials = Enumerable.Range(1, 50).Select(number => forwards.Choose(number)!).ToList();
        trials.ShouldAllBe(trial => trial.Count == spec.Parameters.Count
            && spec.Parameters.All(parameter => parameter.Domain.At(parameter.Domain.ShareOf(trial[parameter.Name]!) * (1 - 1e-12)) != null));
        var backwards = new SobolSampler(spec.Space, spec.Seed);
        Enumerable.Range(1, 50).Reverse().Select(number => backwards.Choose(number)!).Reverse().ShouldBe(trials);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnotherSeedIsAnotherScrambling()
    {
        var (sampler, other) = (new SobolSampler(Cube(1), seed: 1), new SobolSampler(Cube(1), seed: 2));
        Enumerable.Range(1, 100).SelectMany(number => new[] { sampler.Choose(number)!, other.Choose(number)! }).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public void AParameterMoreAtTheEndLeavesTheOthersAsTheyWere()
    {
        var (two, three) = (new SobolSampler(Cube(2), seed: 1), new SobolSampler(Cube(3), seed: 1));
        for (var number = 1; number <= 20; number++) three.Choose(number)!["x1"].ShouldBe(two.Choose(number)!["x1"]);
    }

    [Fact]
    public void AConstantTakesNoDimension()
    {
        var (plain, with) = (new SobolSampler(Cube(1), seed: 1), new SobolSampler(Space(("depth", new SearchDomain.Constant(3L)), ("x0", Unit)), seed: 1));
        with.Choose(5)!["x0"].ShouldBe(plain.Choose(5)!["x0"]);
        with.Choose(5)!["depth"].ShouldBe((ParameterValue)3L);
    }

    [Fact]
    public void AParameterWhoseConditionDoesNotHoldIsDropped()
    {
        var condition = Engine.Parse("optimizer = sgd", ["optimizer"]);
        var sampler = new SobolSampler(
            Engine.Space([new("momentum", Unit, condition), new("optimizer", new SearchDomain.Choices(["sgd", "adam"]))]), seed: 1);
        var trials = Enumerable.Range(1, 64).Select(number => sampler.Choose(number)!).ToList();
        trials.ShouldAllBe(trial => trial["momentum"] != null == (trial["optimizer"] == "sgd"));
        trials.Count(trial => trial["momentum"] != null).ShouldBe(32);
    }

    [Fact]
    public void DimensionsBeyondTheTableAreRandom()
    {
        var sampler = new SobolSampler(Cube(130), seed: 1);
        var trials = Enumerable.Range(1, 1000).Select(number => sampler.Choose(number)!);
        trials.CountBy(trial => (int)(10 * ((ParameterValue.Real)trial["x129"]!).Value)).ShouldAllBe(tenth => tenth.Value > 60 && tenth.Value < 140);
    }

    // Written down once: a release that draws otherwise would break every sweep that is to go on.
    [Fact]
    public void TheDrawsOfASeedAreTheSameInEveryRelease()
    {
        var space = Space(
            ("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false)), ("width", new SearchDomain.WholeRange(1, 512)),
            ("optimizer", new SearchDomain.Choices(["sgd", "adam"])));
        var sampler = new SobolSampler(space, seed: 1);
        ParameterSet?[] drawn = [sampler.Choose(1)!, sampler.Choose(2)!, sampler.Choose(3)!];
        drawn.Select(trial => trial!.ToString()).ShouldBe([
            "dropout=0.38627319940427307, optimizer=sgd, width=174", "dropout=0.22825925811033615, optimizer=adam, width=264",
            "dropout=0.3175775358703714, optimizer=adam, width=453",
        ]);
    }

    /// <summary>Hickernell, "A generalized discrepancy and quadrature error bound", 1998: the centred L2 discrepancy.</summary>
    private static double Discrepancy(ISampler sampler, int dimensions, int trials)
    {
        var points = Enumerable.Range(1, trials).Select(number => sampler.Choose(number)!)
            .Select(trial => Enumerable.Range(0, dimensions).Select(axis => ((ParameterValue.Real)trial[$"x{axis}"]!).Value - 0.5).ToArray()).ToList();
        var single = points.Sum(point => point.Aggregate(1.0, (product, x) => product * (1 + ((Math.Abs(x) - (x * x)) / 2))));
        var pairs = points.Sum(one => points.Sum(other => one.Zip(other)
            .Aggregate(1.0, (product, pair) => product * (1 + ((Math.Abs(pair.First) + Math.Abs(pair.Second) - Math.Abs(pair.First - pair.Second)) / 2)))));
        return Math.Sqrt(Math.Pow(13.0 / 12, dimensions) - (2.0 / trials * single) + (pairs / trials / trials));
    }

    private static double Median(Func<long, double> measure) => Enumerable.Range(0, 9).Select(seed => measure(seed)).Order().ElementAt(4);

    private static SearchSpace Cube(int dimensions) => Space([.. Enumerable.Range(0, dimensions).Select(axis => ($"x{axis}", (SearchDomain)Unit))]);

    private static SearchSpace Space(params (string Name, SearchDomain Domain)[] parameters) =>
        Engine.Space([.. parameters.Select(parameter => new SearchParameter(parameter.Name, parameter.Domain))]);
}
