using FashionSweep.Search.Fronts;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Fronts;

public sealed class HypervolumeTests
{
    [Fact]
    public void OnePointLeavesTheBoxBehindIt() => new Hypervolume([0, 0], [2, 4]).ShareOf([[1, 1]]).ShouldBe(0.5 * 0.75, 1e-12);

    [Fact]
    public void WhatTwoPointsHaveInCommonCountsOnce() =>
        new Hypervolume([0, 0], [1, 1]).ShareOf([[0.25, 0.5], [0.5, 0.25]]).ShouldBe(2 * 0.75 * 0.5 - 0.5 * 0.5, 1e-12);

    [Fact]
    public void ABeatenPointAddsNothing() => new Hypervolume([0, 0], [1, 1]).ShareOf([[0.25, 0.5], [0.5, 0.75]]).ShouldBe(0.75 * 0.5, 1e-12);

    [Fact]
    public void PointsBeyondTheBoxAreCutToIt() => new Hypervolume([0, 0], [1, 1]).ShareOf([[-5, 0.5], [0.5, 9]]).ShouldBe(0.5, 1e-12);

    [Fact]
    public void ALossInWhichAllAreAlikeCountsForNothing() => Hypervolume.Around([[0, 7], [1, 7]]).ShareOf([[0.25, 7]]).ShouldBe(0.75, 1e-12);

    [Fact]
    public void OfThreeLossesItIsWhatChanceFindsBehindThem()
    {
        double[][] points = [[0.1, 0.6, 0.7], [0.5, 0.2, 0.6], [0.7, 0.7, 0.1], [0.4, 0.4, 0.4]];
        var (random, hits, draws) = (SplitMix64.At(1, 1), 0, 40_000);
        for (var draw = 0; draw < draws; draw++)
        {
            double[] at = [random.NextUnit(), random.NextUnit(), random.NextUnit()];
            if (points.Any(point => point.Zip(at).All(pair => pair.First <= pair.Second))) hits++;
        }
        new Hypervolume([0, 0, 0], [1, 1, 1]).ShareOf(points).ShouldBe((double)hits / draws, 0.01);
    }
}
