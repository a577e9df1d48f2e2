using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling;

/// <summary>What another sweep has found is worth to those that learn of it.</summary>
public sealed class PriorTests
{
    private const int Enough = 12;

    public static TheoryData<string> Methods => ["gp", "tpe"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void ASweepThatLookedForTheSameLeadsToItInFewerTrials(string method) => Median(seed => Best(Start(method, seed, Sweep(TpeSearch.Bowl)), Enough))
        .ShouldBeLessThan(Median(seed => Best(Start(method, seed), Enough)) / 2);

    // Twice as many at most, and of the same chance start: it costs those that it takes to see that it misleads.
    [Theory]
    [MemberData(nameof(Methods))]
    public void OneThatMisleadsCostsLittle(string method) =>
        Median(seed => Best(Start(method, seed, Sweep(trial => -TpeSearch.Bowl(trial))), 2 * Enough))
            .ShouldBeLessThan(Median(seed => Best(Start(method, seed), Enough)) * 1.5);

    [Theory]
    [MemberData(nameof(Methods))]
    public void ASamplerThatIsToldAllGoesOnWhereAnotherLeftOff(string method)
    {
        var prior = Sweep(TpeSearch.Bowl);
        var (first, second) = (Start(method, 1, prior), Start(method, 1, prior));
        foreach (var trial in TpeSearch.Run(first, trial => TpeSearch.Bowl(trial) + 3, 15)) second.Tell(trial);
        second.Choose(16).ShouldBe(first.Choose(16));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void BeforeItHasAnyResultItProposesNearTheBestOfTheOther(string method)
    {
        var chosen = Start(method, 1, Sweep(TpeSearch.Bowl)).Choose(1)!;
        TpeSearch.Bowl(chosen).ShouldBeLessThan(0.1);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void SeveralSweepsAreKnownAtOnce(string method) =>
        Median(seed => Best(Start(method, seed, Sweep(TpeSearch.Bowl), Sweep(trial => -TpeSearch.Bowl(trial))), Enough))
            .ShouldBeLessThan(Median(seed => Best(Start(method, seed), Enough)));

    // As the best are, once they are told to train for longer.
    [Theory]
    [MemberData(nameof(Methods))]
    public void AConfigurationMayBeThereTwice(string method)
    {
        var sampler = Start(method, 1, Sweep(TpeSearch.Bowl));
        foreach (var trial in TpeSearch.Run(new RandomSampler(TpeSearch.Square, seed: 5), TpeSearch.Bowl, 10))
            foreach (var number in (int[])[trial.Number, trial.Number + 10]) sampler.Tell(trial with { Number = number });
        sampler.Choose(21).ShouldNotBeNull();
    }

    private static ISampler Start(string method, long seed, params PriorSweep[] prior) =>
        method == "gp" ? new GpSampler(TpeSearch.Square, seed, prior) : new TpeSampler(TpeSearch.Square, seed, prior);

    private static PriorSweep Sweep(Func<ParameterSet, double> lossOf) => new(
        "before",
        [.. TpeSearch.Run(new RandomSampler(TpeSearch.Square, seed: 99), lossOf, 40).OrderBy(trial => trial.Loss)
            .Select(trial => new PriorResult(trial.Parameters, [trial.Loss!.Value], 1))]);

    private static double Best(ISampler sampler, int trials) => TpeSearch.Run(sampler, TpeSearch.Bowl, trials).Min(trial => trial.Loss!.Value);

    private static double Median(Func<int, double> resultOf) => Enumerable.Range(1, 7).Select(resultOf).Order().ElementAt(3);
}
