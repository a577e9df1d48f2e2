using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Layers;

/// <summary>Sums down the columns of a matrix, row after row, so that the vector width changes no bit.</summary>
internal static unsafe class Columns
{
    public static void Sum(Matrix matrix, float* sums)
    {
        if (Vector512.IsHardwareAccelerated) Sum<WideFloats>(matrix, sums);
        else Sum<UsualFloats>(matrix, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<T>(Matrix matrix, float* sums)
        where T : struct, IFloats<T>
    {
        nint columns = matrix.Columns, column = 0;
        // Two at once: half the way through a matrix that is larger than the caches.
        for (; column + (2 * T.Count) <= columns; column += 2 * T.Count)
        {
            var (left, right) = (T.Of(0), T.Of(0));
            for (var i = column; i < matrix.Count; i += columns)
            {
                left += T.Load(matrix.Start + i);
                right += T.Load(matrix.Start + i + T.Count);
            }
            left.Store(sums + column);
            right.Store(sums + column + T.Count);
        }
        if (column == columns) return;
        var last = T.Of(0);
        for (var i = column; i < matrix.Count; i += columns) last += T.Load(matrix.Start + i);
        last.Store(sums + column);
    }
}
