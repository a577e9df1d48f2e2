using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FashionSweep.Search.Space;

/// <summary>
/// Random numbers that can be asked for in any order: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// figure 17), whose n-th state is its first plus n times a constant.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>A stream of its own for each seed and name.</summary>
    public static ulong Key(long seed, string name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{name}"))));

    /// <summary>The generator whose seed is the n-th number of a stream.</summary>
    public static SplitMix64 At(ulong key, long n) => new(Mix(key + unchecked((ulong)n * Gamma)));

    public ulong Next() => Mix(state += Gamma);

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound) without bias (Lemire, "Fast random integer generation in an interval", TOMACS 2019, algorithm 5).</summary>
    public ulong NextBelow(ulong bound)
    {
        var high = Math.BigMul(Next(), bound, out var low);
        if (low >= bound) return high;
        var threshold = unchecked(0 - bound) % bound;
        while (low < threshold) high = Math.BigMul(Next(), bound, out low);
        return high;
    }

    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
