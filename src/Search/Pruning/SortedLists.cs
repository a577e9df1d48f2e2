namespace FashionSweep.Search.Pruning;

/// <summary>Several sorted lists of numbers, looked at as one.</summary>
internal static class SortedLists
{
    public static void Insert(List<double> sorted, double value)
    {
        var at = sorted.BinarySearch(value);
        sorted.Insert(at < 0 ? ~at : at, value);
    }

    /// <summary>The value at a place of all of them together.</summary>
    /// <param name="index">From 0.</param>
    public static double At(IReadOnlyList<List<double>> lists, int index)
    {
        if (lists is [var only]) return only[index];
        // Among all numbers there are, in their order: the first that has more than so many up to it.
        var (low, high) = (Rank(double.NegativeInfinity), Rank(double.PositiveInfinity));
        while (low < high)
        {
            var middle = (low & high) + ((low ^ high) >> 1);
            if (lists.Sum(list => CountUpTo(list, BitConverter.Int64BitsToDouble(Turn(middle)))) > index) high = middle;
            else low = middle + 1;
        }
        return BitConverter.Int64BitsToDouble(Turn(low));
    }

    private static long Rank(double value) => Turn(BitConverter.DoubleToInt64Bits(value));

    // The bits of negative numbers run backwards.
    private static long Turn(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    private static int CountUpTo(List<double> sorted, double bound)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= bound) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
