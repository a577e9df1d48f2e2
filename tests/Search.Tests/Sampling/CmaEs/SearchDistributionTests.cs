using FashionSweep.Search.Sampling.CmaEs;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

public sealed class SearchDistributionTests
{
    [Fact]
    public void TheFirstGenerationLiesAroundItsMean()
    {
        var first = Around(least: 0);
        first.At([0, 0]).ShouldBe([0.5, 0.5]);
        first.At([1, -1]).Order().ShouldBe([0.2, 0.8], tolerance: 1e-12);
        first.Deviation.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void WhatLiesOutsideIsMovedToTheFaces()
    {
        var place = Around(least: 0).At([9, -9]);
        place.Order().ShouldBe([0, 1], tolerance: 1e-15);
        place.ShouldAllBe(share => share < 1);
    }

    [Fact]
    public void TheMeanMovesToTheBetterHalf()
    {
        var next = Around(least: 0).After([[0.6, 0.6], [0.6, 0.5], [0.6, 0.4], [0, 0], [0, 0], [0, 0]]);
        var mean = next.At([0, 0]);
        mean[0].ShouldBe(0.6, 1e-12);
        mean[1].ShouldBeInRange(0.53, 0.57);
    }

    [Fact]
    public void StepsInOneDirectionWidenIt()
    {
        var distribution = Around(least: 0);
        for (var generation = 1; generation <= 8; generation++)
        {
            var mean = distribution.At([0, 0]);
            double[][] steps = [[0.05, 0], [0.04, 0], [0.03, 0], [0, 0.03], [0, -0.04], [0, 0.05]];
            distribution = distribution.After([.. steps.Select(step => new[] { mean[0] + step[0], mean[1] + step[1] })]);
        }
        distribution.At([0, 0])[0].ShouldBeGreaterThan(0.7);
        double[][] reach = [distribution.At([0.1, 0]), distribution.At([0, 0.1])];
        reach.Max(place => Math.Abs(place[0] - distribution.At([0, 0])[0])).ShouldBeGreaterThan(2 * reach.Max(place => Math.Abs(place[1] - 0.5)));
    }

    [Fact]
    public void NoCoordinateBecomesNarrowerThanItsLeast()
    {
        var distribution = Around(least: 0.05);
        for (var generation = 1; generation <= 100; generation++) distribution = distribution.After([.. Enumerable.Repeat(new[] { 0.5, 0.5 }, 6)]);
        distribution.Deviation.ShouldBeLessThan(1e-3);
        double[][] reach = [distribution.At([1, 0]), distribution.At([0, 1])];
        for (var axis = 0; axis < 2; axis++) Math.Sqrt(reach.Sum(place => Math.Pow(place[axis] - 0.5, 2))).ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void ATrialFarOutsideIsCut()
    {
        var narrow = SearchDistribution.Around([0.5, 0.5], 1e-6, [0, 0], population: 6);
        var next = narrow.After([[1, 1], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]);
        next.At([0, 0]).ShouldAllBe(share => share - 0.5 > 1e-7 && share - 0.5 < 1e-5);
        next.Deviation.ShouldBeLessThan(1e-5);
    }

    private static SearchDistribution Around(double least) => SearchDistribution.Around([0.5, 0.5], 0.3, [least, least], population: 6);
}
