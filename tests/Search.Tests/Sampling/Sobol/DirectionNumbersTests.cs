using System.Numerics;
using FashionSweep.Search.Sampling.Sobol;

namespace FashionSweep.Search.Tests.Sampling.Sobol;

public sealed class DirectionNumbersTests
{
    // The sum is of the first 30 direction numbers of each of the 128 dimensions in PyTorch 1.13's SobolEngine, which has 30 digits.
    [Fact]
    public void TheyAreThoseOfJoeAndKuo()
    {
        DirectionNumbers.Dimensions.ShouldBe(128);
        var sum = 0UL;
        for (var dimension = 0; dimension < DirectionNumbers.Dimensions; dimension++)
            foreach (var direction in DirectionNumbers.Of(dimension)[..30]) sum = unchecked((31 * sum) + (direction >> 2));
        sum.ShouldBe(16808950159523890376UL);
    }

    [Fact]
    public void EachAddsADigitThatTheOnesBeforeLeaveAlone()
    {
        for (var dimension = 0; dimension < DirectionNumbers.Dimensions; dimension++)
            foreach (var (bit, direction) in DirectionNumbers.Of(dimension).ToArray().Index())
                BitOperations.TrailingZeroCount(direction).ShouldBe(31 - bit);
    }

    // Sobol's property A: when every one of d axes is halved, each of the 2^d boxes has one of the first 2^d points.
    [Fact]
    public void TheFirstDimensionsHavePropertyA()
    {
        for (var dimensions = 1; dimensions <= 32; dimensions++) HasPropertyA(dimensions).ShouldBeTrue($"{dimensions} dimensions");
    }

    private static bool HasPropertyA(int dimensions)
    {
        var rows = Enumerable.Range(0, dimensions).Select(dimension => FirstDigits(dimension, dimensions)).ToList();
        for (var column = 0; column < dimensions; column++)
        {
            var pivot = rows.FindIndex(row => (row >> column & 1) == 1);
            if (pivot < 0) return false;
            var taken = rows[pivot];
            rows.RemoveAt(pivot);
            rows = [.. rows.Select(row => (row >> column & 1) == 1 ? row ^ taken : row)];
        }
        return true;
    }

    private static uint FirstDigits(int dimension, int count)
    {
        var digits = 0U;
        foreach (var direction in DirectionNumbers.Of(dimension)[..count]) digits = (digits << 1) | (direction >> 31);
        return digits;
    }
}
