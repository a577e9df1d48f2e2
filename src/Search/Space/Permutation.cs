using System.Numerics;

namespace FashionSweep.Search.Space;

/// <summary>
/// A seeded order of the numbers below a size, each of which can be asked for by itself: a Feistel network over the next even number of bits, walked along its
/// cycle until it is inside (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, section 3 and 4). Sizes beyond 2^62 are cut there.
/// </summary>
internal sealed class Permutation
{
    public const long LargestSize = 1L << 62;

    private const int Rounds = 12;

    // The network is a poor shuffle of fewer than 256 numbers; walking the cycle makes a small size out of a larger one.
    private const int LeastHalfBits = 4;

    private readonly long _size;
    private readonly int _halfBits;
    private readonly ulong _key;

    public Permutation(BigInteger size, long seed)
    {
        _size = (long)BigInteger.Min(size, LargestSize);
        _halfBits = Math.Max(LeastHalfBits, (BitOperations.Log2((ulong)_size - 1 | 1) + 2) / 2);
        _key = SplitMix64.Key(seed, "order");
    }

    /// <param name="index">From 0, below the size.</param>
    public long this[long index]
    {
        get
        {
            var image = Encipher((ulong)index);
            while (image >= (ulong)_size) image = Encipher(image);
            return (long)image;
        }
    }

    private ulong Encipher(ulong number)
    {
        var mask = (1UL << _halfBits) - 1;
        var (left, right) = (number >> _halfBits, number & mask);
        for (var round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (SplitMix64.At(_key + right, round).Next() & mask));
        return (left << _halfBits) | right;
    }
}
