using FashionSweep.Search.Sampling.Gaussian;

namespace FashionSweep.Search.Tests.Sampling.Gaussian;

public sealed class BoxDescentTests
{
    [Fact]
    public void ItFindsTheBottomOfACurvedValley()
    {
        var (place, value) = new BoxDescent(Rosenbrock, -3, 3).From([-1.2, 1], 0.1, 200);
        value.ShouldBeLessThan(1e-6);
        place.ShouldAllBe(at => Math.Abs(at - 1) < 1e-2);
    }

    [Fact]
    public void WhatLiesBeyondASideIsLookedForOnIt()
    {
        var (place, _) = new BoxDescent(Bowl, 0, 1).From([0.5, 0.5, 0.5], 0.1, 50);
        place.Select(at => Math.Round(at, 4)).ShouldBe([0, 0.25, 1]);
    }

    [Fact]
    public void WhereNothingIsLowerItStays() => new BoxDescent(Bowl, 0, 1).From([0, 0.25, 1], 0.1, 50).Place.ShouldBe([0, 0.25, 1]);

    private static double Rosenbrock(ReadOnlySpan<double> at, Span<double> slope)
    {
        var (x, off) = (at[0], at[1] - at[0] * at[0]);
        (slope[0], slope[1]) = (2 * (x - 1) - 400 * x * off, 200 * off);
        return (x - 1) * (x - 1) + 100 * off * off;
    }

    // Of which the bottom is at -1, 0.25 and 2; steeper along one coordinate than along another.
    private static double Bowl(ReadOnlySpan<double> at, Span<double> slope)
    {
        ReadOnlySpan<double> bottom = [-1, 0.25, 2];
        var sum = 0.0;
        for (var axis = 0; axis < 3; axis++)
        {
            var (steep, off) = (Math.Pow(10, axis), at[axis] - bottom[axis]);
            slope[axis] = 2 * steep * off;
            sum += steep * off * off;
        }
        return sum;
    }
}
