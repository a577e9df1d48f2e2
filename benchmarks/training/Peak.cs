using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Benchmarks;

/// <summary>What a core could do if nothing but arithmetic took time.</summary>
internal static class Peak
{
    /// <summary>Floating-point operations a second, a multiply-add counting as two: the best of some tries.</summary>
    public static double Float32() => Enumerable.Range(0, 20).Max(_ => Try());

    private static double Try()
    {
        const int Rounds = 1_000_000;
        var started = Stopwatch.GetTimestamp();
        GC.KeepAlive(Run(Rounds, new Vector<float>(1.0000001f), new Vector<float>(1e-9f)));
        return 2.0 * 12 * Vector<float>.Count * Rounds / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // Twelve chains hide a multiply-add's latency on every processor of today.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run(int rounds, Vector<float> factor, Vector<float> term)
    {
        Vector<float> a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term, l = term;
        for (var round = 0; round < rounds; round++)
        {
            (a, b, c) = (Vector.FusedMultiplyAdd(a, factor, term), Vector.FusedMultiplyAdd(b, factor, term), Vector.FusedMultiplyAdd(c, factor, term));
            (d, e, f) = (Vector.FusedMultiplyAdd(d, factor, term), Vector.FusedMultiplyAdd(e, factor, term), Vector.FusedMultiplyAdd(f, factor, term));
            (g, h, i) = (Vector.FusedMultiplyAdd(g, factor, term), Vector.FusedMultiplyAdd(h, factor, term), Vector.FusedMultiplyAdd(i, factor, term));
            (j, k, l) = (Vector.FusedMultiplyAdd(j, factor, term), Vector.FusedMultiplyAdd(k, factor, term), Vector.FusedMultiplyAdd(l, factor, term));
        }
        return Vector.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
