using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Tests.Sampling.Tpe;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class EvidenceTests
{
    private static readonly Embedding Mixed = new(TpeSearch.Mixed);

    [Theory]
    [InlineData(0, 0, -6)]
    [InlineData(-1.5, 0.7, -1)]
    [InlineData(1.2, -0.5, -12)]
    public void ItsSlopesAreThoseOfItsValues(double lengths, double variance, double noise)
    {
        var evidence = Evidence();
        double[] at = [.. Enumerable.Range(0, Mixed.Axes).Select(axis => lengths + 0.1 * axis), variance, noise];
        var (slope, ignored) = (new double[at.Length], new double[at.Length]);
        evidence.Of(at, slope);
        for (var index = 0; index < at.Length; index++)
        {
            const double step = 1e-5;
            double Beside(double by) => evidence.Of([.. at.Select((number, other) => other == index ? number + by : number)], ignored);
            slope[index].ShouldBe((Beside(step) - Beside(-step)) / (2 * step), 1e-4 * (1 + Math.Abs(slope[index])));
        }
    }

    [Fact]
    public void AnAxisThatDoesNothingGetsALongScale()
    {
        var space = TpeSearch.Square;
        var (embedding, random) = (new Embedding(space), new RandomSampler(space, seed: 1));
        List<double[]> places = [.. Enumerable.Range(1, 40).Select(number => embedding.Place(random.Choose(number)))];
        var scales = Fit.Of(embedding, places, [.. places.Select(place => Math.Sin(9 * place[0]))], [.. places.Select(_ => 1.0)]);
        scales.Lengths[1].ShouldBeGreaterThan(5 * scales.Lengths[0]);
        scales.Noise.ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void NoiseIsToldFromWhatTheSpaceExplains()
    {
        var space = TpeSearch.Square;
        var (embedding, random) = (new Embedding(space), new RandomSampler(space, seed: 1));
        List<double[]> places = [.. Enumerable.Range(1, 80).Select(number => embedding.Place(random.Choose(number)))];
        var noise = new Random(1);
        var scales = Fit.Of(embedding, places, [.. places.Select(place => 3 * place[0] + noise.NextDouble() - 0.5)], [.. places.Select(_ => 1.0)]);
        scales.Noise.ShouldBeInRange(1.0 / 24, 1.0 / 6);
    }

    private static Evidence Evidence()
    {
        var random = new RandomSampler(TpeSearch.Mixed, seed: 1);
        var trials = Enumerable.Range(1, 25).Select(number => random.Choose(number)).ToList();
        return new Evidence(
            Mixed, [.. trials.Select(trial => Mixed.Place(trial))], LossScale.Of([.. trials.Select(TpeSearch.Training)]),
            [.. trials.Select((_, index) => 1.0 / (1 + index % 3))]);
    }
}
