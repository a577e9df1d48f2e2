using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Sampling.Sobol;

public sealed class SobolPointTests
{
    private static readonly int[] Axes = [0, 1, 2, 5, 16, 31, 63, 99, 127];

    // Points 1000 and 1999 in the order of the Gray code, which is PyTorch's.
    [Theory]
    [InlineData(540, 235929600, 103809024, 556793856, 974127104, 772800512, 156237824, 479199232, 200278016, 584056832)]
    [InlineData(1064, 84410368, 656932864, 144179200, 790102016, 463994880, 763887616, 608698368, 639107072, 879230976)]
    public void PlainPointsAreThoseOfPyTorch(uint index, params int[] coordinates) =>
        Axes.Select(axis => SobolPoint.Plain(axis, index) >> 2).ShouldBe(coordinates.Select(coordinate => (uint)coordinate));

    [Fact]
    public void ScrambledOnesMeetEveryIntervalOnce()
    {
        for (var axis = 0; axis < DirectionNumbers.Dimensions; axis++)
            Enumerable.Range(0, 256).Select(index => (int)(256 * SobolPoint.Scrambled(axis, (uint)index, Key(axis)))).Distinct().Count().ShouldBe(256);
    }

    // Sobol's bound: two dimensions make a (t, m, 2)-net whose t is the sum of the degrees of their polynomials, less one each.
    [Fact]
    public void ScrambledPairsAreNets()
    {
        int[] degrees = [1, 1, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5];
        for (var right = 1; right < degrees.Length; right++)
            for (var left = 0; left < right; left++)
                IsNet(left, right, degrees[left] + degrees[right] - 2, digits: 10).ShouldBeTrue($"dimensions {left} and {right}");
    }

    [Fact]
    public void EveryBinaryDigitIsFlippedByAsManyKeysAsNot()
    {
        const int Keys = 10_000;
        var ones = new int[53];
        for (var key = 0; key < Keys; key++)
        {
            var digits = (long)(SobolPoint.Scrambled(1, 3, Key(key)) * (1L << 53));
            for (var digit = 0; digit < ones.Length; digit++) ones[digit] += (int)(digits >> digit & 1);
        }
        ones.ShouldAllBe(count => Math.Abs(count - (Keys / 2)) < 250);
    }

    // Of points in different halves, the digits behind the first are flipped by coins of their own.
    [Fact]
    public void AFlipHangsOnTheDigitsBefore()
    {
        var agreements = Enumerable.Range(0, 10_000)
            .Count(key => Flipped(key, index: 0) == Flipped(key, index: 1));
        agreements.ShouldBeInRange(4750, 5250);

        static bool Flipped(int key, uint index) => ((int)(4 * SobolPoint.Scrambled(0, index, Key(key))) & 1) == 1;
    }

    private static bool IsNet(int left, int right, int quality, int digits)
    {
        var points = Enumerable.Range(0, 1 << digits)
            .Select(index => (X: SobolPoint.Scrambled(left, (uint)index, Key(1)), Y: SobolPoint.Scrambled(right, (uint)index, Key(2)))).ToList();
        return Enumerable.Range(0, digits - quality + 1).All(columns =>
            points.CountBy(point => ((int)Math.ScaleB(point.X, columns), (int)Math.ScaleB(point.Y, digits - quality - columns))) is var cells
            && cells.Count() == 1 << (digits - quality) && cells.All(cell => cell.Value == 1 << quality));
    }

    private static ulong Key(int seed) => SplitMix64.Key(seed, "x");
}
