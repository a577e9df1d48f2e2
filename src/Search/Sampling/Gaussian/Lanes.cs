using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Sums over rows of numbers. Eight lanes on every processor, so that one seed adds in one order everywhere.</summary>
internal static class Lanes
{
    private static readonly int Width = Vector512<double>.Count;

    /// <param name="other">At least as long.</param>
    public static double Dot(ReadOnlySpan<double> row, ReadOnlySpan<double> other)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        ref var second = ref MemoryMarshal.GetReference(other);
        var (even, odd) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var index = 0;
        for (; index <= row.Length - 2 * Width; index += 2 * Width)
        {
            even += Vector512.LoadUnsafe(ref first, (nuint)index) * Vector512.LoadUnsafe(ref second, (nuint)index);
            odd += Vector512.LoadUnsafe(ref first, (nuint)(index + Width)) * Vector512.LoadUnsafe(ref second, (nuint)(index + Width));
        }
        var sum = Vector512.Sum(even + odd);
        for (; index < row.Length; index++) sum += row[index] * other[index];
        return sum;
    }

    /// <summary>Adds a multiple of a row to another that is at least as long.</summary>
    public static void Add(double factor, ReadOnlySpan<double> row, Span<double> to)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var into = ref MemoryMarshal.GetReference(to);
        var factors = Vector512.Create(factor);
        var index = 0;
        for (; index <= row.Length - Width; index += Width)
            (Vector512.LoadUnsafe(ref into, (nuint)index) + factors * Vector512.LoadUnsafe(ref from, (nuint)index)).StoreUnsafe(ref into, (nuint)index);
        for (; index < row.Length; index++) to[index] += factor * row[index];
    }

    /// <summary>Adds to each number the weighed square of how far a row's is from a place.</summary>
    public static void AddSquares(double weight, double place, ReadOnlySpan<double> row, Span<double> to)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var into = ref MemoryMarshal.GetReference(to);
        var (weights, places) = (Vector512.Create(weight), Vector512.Create(place));
        var index = 0;
        for (; index <= row.Length - Width; index += Width)
        {
            var distance = Vector512.LoadUnsafe(ref from, (nuint)index) - places;
            (Vector512.LoadUnsafe(ref into, (nuint)index) + weights * distance * distance).StoreUnsafe(ref into, (nuint)index);
        }
        for (; index < row.Length; index++) to[index] += weight * (row[index] - place) * (row[index] - place);
    }
}
