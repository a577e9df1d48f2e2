using FashionSweep.Search.Fronts;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Several;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Tests.Sampling.Tpe;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Several;

public sealed class SeveralObjectivesTests
{
    private const int Trials = 40;

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void ItLeavesMoreBehindItsFrontThanRandom(string method) => Mean(method).ShouldBeGreaterThan(Mean("random"));

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void ASamplerThatIsToldAllInAnyOrderGoesOnWhereAnotherLeftOff(string method)
    {
        var (first, second) = (Sampler(method, seed: 1), Sampler(method, seed: 1));
        var trials = Run(first);
        foreach (var trial in trials) second.Tell(trial with { Standing = Standing.Running, Loss = null, Losses = null, Epochs = 0 });
        foreach (var trial in trials.AsEnumerable().Reverse()) second.Tell(trial);
        second.Choose(Trials + 1).ShouldBe(first.Choose(Trials + 1));
    }

    [Fact]
    public void TheFrontComesFirstAndInItWhatLeavesMostBehindIt()
    {
        List<Observation> trials = [Trial(1, 9, 9), Trial(2, 0, 5), Trial(3, 4, 1), Trial(4, 5, 0), Trial(5, 5, 5), Pruned(6)];
        FrontOrder.Of(trials, enough: 5).Order(new TrialOrder()).Select(trial => trial.Number).ShouldBe([2, 3, 4, 5, 1, 6]);
    }

    [Fact]
    public void ATrialWhoseLossIsNoNumberIsTheLast() =>
        FrontOrder.Of([Trial(1, double.NaN, 0), Trial(2, 5, 5)], enough: 5).Order(new TrialOrder()).Select(trial => trial.Number).ShouldBe([2, 1]);

    [Fact]
    public void OneObjectiveLeavesTheOrderAsItIs()
    {
        Observation[] trials = [Trial(1, 2, 0) with { Losses = null }, Pruned(2)];
        FrontOrder.Of(trials, enough: 5).ShouldBe(trials);
    }

    private static double Mean(string method) => Enumerable.Range(1, 5).Average(seed => Behind(Sampler(method, seed)));

    private static double Behind(ISampler sampler) => new Hypervolume([0, 0], [1, 1]).ShareOf(Run(sampler).Select(trial => trial.Losses!.ToArray()));

    private static List<Observation> Run(ISampler sampler) => [.. Enumerable.Range(1, Trials).Select(number =>
    {
        var chosen = sampler.Choose(number)!;
        var (x, y) = (TpeSearch.Number(chosen, "x"), TpeSearch.Number(chosen, "y"));
        // The nearer to one corner, the farther from the other.
        var ended = Trial(number, x + 2 * (y - 0.7) * (y - 0.7), 1 - Math.Sqrt(x) + 2 * (y - 0.7) * (y - 0.7)) with { Parameters = chosen };
        sampler.Tell(ended);
        return ended;
    })];

    private static ISampler Sampler(string method, long seed) => method switch
    {
        "gp" => new GpSampler(TpeSearch.Square, seed),
        "tpe" => new TpeSampler(TpeSearch.Square, seed),
        _ => new RandomSampler(TpeSearch.Square, seed),
    };

    private static Observation Trial(int number, double one, double other) =>
        new(number, ParameterSet.Empty, Standing.Completed, one, Epochs: 1) { Losses = [one, other] };

    private static Observation Pruned(int number) => new(number, ParameterSet.Empty, Standing.Pruned, 0, Epochs: 1);
}
