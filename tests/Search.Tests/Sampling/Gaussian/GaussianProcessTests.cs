using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Tests.Sampling.Tpe;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class GaussianProcessTests
{
    private static readonly Embedding Mixed = new(TpeSearch.Mixed);

    [Fact]
    public void WithoutNoiseItKnowsWhatItWasTold()
    {
        var places = Places(1, 20);
        double[] losses = [.. places.Select(LossOf)];
        var process = new GaussianProcess(Mixed, Scales(1e-6), places, losses, Ones(20));
        for (var trial = 0; trial < 20; trial++) process.Mean(places[trial]).ShouldBe(losses[trial], 1e-3);
        process.Best.ShouldBe(losses.Min(), 1e-3);
    }

    [Fact]
    public void WhatRunsIsTakenForWhatIsExpectedOfIt()
    {
        var (places, running, elsewhere) = (Places(1, 20), Places(21, 5), Places(26, 10));
        double[] losses = [.. places.Select(LossOf)];
        var before = new GaussianProcess(Mixed, Scales(0.01), places, losses, Ones(20));
        var beside = new GaussianProcess(Mixed, Scales(0.01), [.. places, .. running], losses, Ones(25));
        foreach (var place in elsewhere) beside.Mean(place).ShouldBe(before.Mean(place), 1e-6);
        foreach (var place in running) beside.Gain(place).ShouldBeLessThan(before.Gain(place));
    }

    [Fact]
    public void TheSlopesOfItsGainAreThoseOfItsValues()
    {
        var places = Places(1, 20);
        var process = new GaussianProcess(Mixed, Scales(0.01), places, [.. places.Select(LossOf)], Ones(20));
        foreach (var place in Places(30, 8))
        {
            var slope = new double[place.Length];
            process.Gain(place, slope).ShouldBe(process.Gain(place), 1e-12);
            for (var column = 0; column < place.Length; column++)
            {
                const double step = 1e-6;
                double Beside(double by) => process.Gain(place.Select((at, other) => other == column ? at + by : at).ToArray());
                slope[column].ShouldBe((Beside(step) - Beside(-step)) / (2 * step), 1e-3 * (1 + Math.Abs(slope[column])));
            }
        }
    }

    [Fact]
    public void ARepeatOfAPlaceIsNoFailure()
    {
        var place = Places(1, 1)[0];
        var process = new GaussianProcess(Mixed, Scales(1e-6), [.. Enumerable.Repeat(place, 30)], [.. Enumerable.Repeat(1.0, 30)], Ones(30));
        process.Mean(place).ShouldBe(1, 1e-3);
    }

    private static Scales Scales(double noise) => new([.. Enumerable.Repeat(1.0, Mixed.Axes)], 1, noise);

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double LossOf(double[] place) => place.Select((at, column) => Math.Sin(3 * at + column)).Sum() / 2;

    private static List<double[]> Places(int first, int count)
    {
        var random = new RandomSampler(TpeSearch.Mixed, seed: 1);
        return [.. Enumerable.Range(first, count).Select(number => Mixed.Place(random.Choose(number)))];
    }
}
