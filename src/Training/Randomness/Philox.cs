using System.Numerics;
using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Randomness;

/// <summary>
/// Philox4x32-10: 128 random bits from a counter and a key, with no state between calls.
/// Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 4.3.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const int Rounds = 10;

    public static (uint W0, uint W1, uint W2, uint W3) Block(uint counter0, uint counter1, uint counter2, uint counter3, ulong key)
    {
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++, key0 += KeyStep0, key1 += KeyStep1)
        {
            var product0 = (ulong)Multiplier0 * counter0;
            var product1 = (ulong)Multiplier1 * counter2;
            counter0 = (uint)(product1 >> 32) ^ counter1 ^ key0;
            counter1 = (uint)product1;
            counter2 = (uint)(product0 >> 32) ^ counter3 ^ key1;
            counter3 = (uint)product0;
        }
        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>The blocks of neighbouring counters, a lane each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<uint> W0, Vector<uint> W1, Vector<uint> W2, Vector<uint> W3) Blocks(
        Vector<uint> counter0, uint counter1, uint counter2, uint counter3, ulong key)
    {
        Vector.Widen(counter0, out var low0, out var high0);
        Vector<ulong> low1 = new(counter1), low2 = new(counter2), low3 = new(counter3);
        var (high1, high2, high3) = (low1, low2, low3);
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++, key0 += KeyStep0, key1 += KeyStep1)
        {
            Round(ref low0, ref low1, ref low2, ref low3, key0, key1);
            Round(ref high0, ref high1, ref high2, ref high3, key0, key1);
        }
        return (Vector.Narrow(low0, high0), Vector.Narrow(low1, high1), Vector.Narrow(low2, high2), Vector.Narrow(low3, high3));
    }

    // 32-bit words in 64-bit lanes: products need no second half, and the upper halves are masked off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector<ulong> c0, ref Vector<ulong> c1, ref Vector<ulong> c2, ref Vector<ulong> c3, uint key0, uint key1)
    {
        var word = new Vector<ulong>(uint.MaxValue);
        var product0 = c0 * new Vector<ulong>(Multiplier0);
        var product1 = c2 * new Vector<ulong>(Multiplier1);
        c0 = Vector.ShiftRightLogical(product1, 32) ^ c1 ^ new Vector<ulong>(key0);
        c1 = product1 & word;
        c2 = Vector.ShiftRightLogical(product0, 32) ^ c3 ^ new Vector<ulong>(key1);
        c3 = product0 & word;
    }
}
