using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Kernels.Managed;

/// <summary>
/// C = A · B + bias, or C + A · B, then max(0, ·) on demand, in register blocks. A is read through strides, so that one kernel serves A and Aᵀ.
/// Every element is one chain of multiply-adds in the order of the inner dimension, so that the vector width changes no bit. They are
/// fused where the processor can, which every one with AVX2 or NEON does.
/// </summary>
internal static unsafe class Gemm
{
    private const int BlockRows = 8;

    /// <param name="a">[rows, inner]: element (i, k) is at i · <paramref name="aRowStride"/> + k · <paramref name="aColumnStride"/>.</param>
    /// <param name="inner">Columns of A and rows of <paramref name="b"/> to go through.</param>
    /// <param name="bias">One row, or null for none.</param>
    /// <param name="accumulate">Goes on from what C holds; without a bias.</param>
    public static void Run(float* a, nint aRowStride, nint aColumnStride, Matrix b, int inner, float* bias, Matrix c, bool rectify, bool accumulate = false)
    {
        if (Vector512.IsHardwareAccelerated) Run512(a, aRowStride, aColumnStride, b, inner, bias, c, rectify, accumulate);
        else RunPortable(a, aRowStride, aColumnStride, b, inner, bias, c, rectify, accumulate, fromColumn: 0);
    }

    // Tiered compilation would run the first epochs unoptimised: these methods are few, long and called often.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run512(float* a, nint aRowStride, nint aColumnStride, Matrix b, int inner, float* bias, Matrix c, bool rectify, bool accumulate = false)
    {
        const int BlockColumns = 32;
        nint n = c.Columns;
        var column = 0;
        for (; column + BlockColumns <= n; column += BlockColumns)
        {
            var bias0 = bias == null ? Vector512<float>.Zero : Vector512.Load(bias + column);
            var bias1 = bias == null ? Vector512<float>.Zero : Vector512.Load(bias + column + 16);
            for (var row = 0; row < c.Rows; row += BlockRows)
            {
                var ap = a + (row * aRowStride);
                var bp = b.Start + column;
                Vector512<float> c00 = bias0, c10 = bias0, c20 = bias0, c30 = bias0, c40 = bias0, c50 = bias0, c60 = bias0, c70 = bias0;
                Vector512<float> c01 = bias1, c11 = bias1, c21 = bias1, c31 = bias1, c41 = bias1, c51 = bias1, c61 = bias1, c71 = bias1;
                var cp = c.Start + (row * n) + column;
                if (accumulate)
                {
                    (c00, c01) = (Vector512.Load(cp), Vector512.Load(cp + 16));
                    (c10, c11) = (Vector512.Load(cp + n), Vector512.Load(cp + n + 16));
                    (c20, c21) = (Vector512.Load(cp + (2 * n)), Vector512.Load(cp + (2 * n) + 16));
                    (c30, c31) = (Vector512.Load(cp + (3 * n)), Vector512.Load(cp + (3 * n) + 16));
                    (c40, c41) = (Vector512.Load(cp + (4 * n)), Vector512.Load(cp + (4 * n) + 16));
                    (c50, c51) = (Vector512.Load(cp + (5 * n)), Vector512.Load(cp + (5 * n) + 16));
                    (c60, c61) = (Vector512.Load(cp + (6 * n)), Vector512.Load(cp + (6 * n) + 16));
                    (c70, c71) = (Vector512.Load(cp + (7 * n)), Vector512.Load(cp + (7 * n) + 16));
                }
                for (var k = 0; k < inner; k++, ap += aColumnStride, bp += n)
                {
                    var b0 = Vector512.Load(bp);
                    var b1 = Vector512.Load(bp + 16);
                    var x = Vector512.Create(ap[0]);
                    c00 = Vector512.MultiplyAddEstimate(x, b0, c00);
                    c01 = Vector512.MultiplyAddEstimate(x, b1, c01);
                    x = Vector512.Create(ap[aRowStride]);
                    c10 = Vector512.MultiplyAddEstimate(x, b0, c10);
                    c11 = Vector512.MultiplyAddEstimate(x, b1, c11);
                    x = Vector512.Create(ap[2 * aRowStride]);
                    c20 = Vector512.MultiplyAddEstimate(x, b0, c20);
                    c21 = Vector512.MultiplyAddEstimate(x, b1, c21);
                    x = Vector512.Create(ap[3 * aRowStride]);
                    c30 = Vector512.MultiplyAddEstimate(x, b0, c30);
                    c31 = Vector512.MultiplyAddEstimate(x, b1, c31);
                    x = Vector512.Create(ap[4 * aRowStride]);
                    c40 = Vector512.MultiplyAddEstimate(x, b0, c40);
                    c41 = Vector512.MultiplyAddEstimate(x, b1, c41);
                    x = Vector512.Create(ap[5 * aRowStride]);
                    c50 = Vector512.MultiplyAddEstimate(x, b0, c50);
                    c51 = Vector512.MultiplyAddEstimate(x, b1, c51);
                    x = Vector512.Create(ap[6 * aRowStride]);
                    c60 = Vector512.MultiplyAddEstimate(x, b0, c60);
                    c61 = Vector512.MultiplyAddEstimate(x, b1, c61);
                    x = Vector512.Create(ap[7 * aRowStride]);
                    c70 = Vector512.MultiplyAddEstimate(x, b0, c70);
                    c71 = Vector512.MultiplyAddEstimate(x, b1, c71);
                }
                Store512(cp, c00, c01, rectify);
                Store512(cp + n, c10, c11, rectify);
                Store512(cp + (2 * n), c20, c21, rectify);
                Store512(cp + (3 * n), c30, c31, rectify);
                Store512(cp + (4 * n), c40, c41, rectify);
                Store512(cp + (5 * n), c50, c51, rectify);
                Store512(cp + (6 * n), c60, c61, rectify);
                Store512(cp + (7 * n), c70, c71, rectify);
            }
        }
        if (column < n) RunPortable(a, aRowStride, aColumnStride, b, inner, bias, c, rectify, accumulate, column);
    }

    /// <summary>On <see cref="Vector{T}"/>: AVX2, NEON or SSE.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunPortable(
        float* a, nint aRowStride, nint aColumnStride, Matrix b, int inner, float* bias, Matrix c, bool rectify, bool accumulate, int fromColumn)
    {
        nint n = c.Columns;
        for (var column = fromColumn; column < n; column += Vector<float>.Count)
        {
            var start = bias == null ? Vector<float>.Zero : Vector.Load(bias + column);
            for (var row = 0; row < c.Rows; row += BlockRows)
            {
                var ap = a + (row * aRowStride);
                var bp = b.Start + column;
                Vector<float> c0 = start, c1 = start, c2 = start, c3 = start, c4 = start, c5 = start, c6 = start, c7 = start;
                var cp = c.Start + (row * n) + column;
                if (accumulate)
                {
                    (c0, c1, c2, c3) = (Vector.Load(cp), Vector.Load(cp + n), Vector.Load(cp + (2 * n)), Vector.Load(cp + (3 * n)));
                    (c4, c5, c6, c7) = (Vector.Load(cp + (4 * n)), Vector.Load(cp + (5 * n)), Vector.Load(cp + (6 * n)), Vector.Load(cp + (7 * n)));
                }
                for (var k = 0; k < inner; k++, ap += aColumnStride, bp += n)
                {
                    var b0 = Vector.Load(bp);
                    c0 = Vector.MultiplyAddEstimate(new Vector<float>(ap[0]), b0, c0);
                    c1 = Vector.MultiplyAddEstimate(new Vector<float>(ap[aRowStride]), b0, c1);
                    c2 = Vector.MultiplyAddEstimate(new Vector<float>(ap[2 * aRowStride]), b0, c2);
                    c3 = Vector.MultiplyAddEstimate(new Vector<float>(ap[3 * aRowStride]), b0, c3);
                    c4 = Vector.MultiplyAddEstimate(new Vector<float>(ap[4 * aRowStride]), b0, c4);
                    c5 = Vector.MultiplyAddEstimate(new Vector<float>(ap[5 * aRowStride]), b0, c5);
                    c6 = Vector.MultiplyAddEstimate(new Vector<float>(ap[6 * aRowStride]), b0, c6);
                    c7 = Vector.MultiplyAddEstimate(new Vector<float>(ap[7 * aRowStride]), b0, c7);
                }
                Store(cp, c0, rectify);
                Store(cp + n, c1, rectify);
                Store(cp + (2 * n), c2, rectify);
                Store(cp + (3 * n), c3, rectify);
                Store(cp + (4 * n), c4, rectify);
                Store(cp + (5 * n), c5, rectify);
                Store(cp + (6 * n), c6, rectify);
                Store(cp + (7 * n), c7, rectify);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store512(float* to, Vector512<float> left, Vector512<float> right, bool rectify)
    {
        if (rectify)
        {
            left = Vector512.Max(left, Vector512<float>.Zero);
            right = Vector512.Max(right, Vector512<float>.Zero);
        }
        left.Store(to);
        right.Store(to + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* to, Vector<float> value, bool rectify) =>
        Vector.Store(rectify ? Vector.Max(value, Vector<float>.Zero) : value, to);
}
