using System.Numerics;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Sampling.Sobol;

/// <summary>
/// The coordinates of Sobol's points (Sobol, "On the distribution of points in a cube and the approximate evaluation of integrals", 1967), plain and scrambled.
/// </summary>
/// <remarks>
/// The scrambling is Owen's nested uniform one ("Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): each binary digit is flipped or not by a coin that
/// hangs on all the digits before it. The coins are hashes, as in Burley, "Practical Hash-based Owen Scrambling", JCGT 2020; where Burley takes
/// Laine and Karras's mixing of a whole word for speed, each coin here is a hash of its own, so that they are as good as independent.
/// </remarks>
internal static class SobolPoint
{
    private const int Digits = 32;

    /// <summary>The first 32 binary digits of a coordinate, as a whole number.</summary>
    /// <param name="dimension">From 0, below <see cref="DirectionNumbers.Dimensions"/>.</param>
    /// <param name="index">In Sobol's order, not in that of the Gray code.</param>
    public static uint Plain(int dimension, uint index)
    {
        var directions = DirectionNumbers.Of(dimension);
        var digits = 0U;
        for (var rest = index; rest != 0; rest &= rest - 1) digits ^= directions[BitOperations.TrailingZeroCount(rest)];
        return digits;
    }

    /// <returns>In [0, 1), a multiple of 2^-53.</returns>
    /// <param name="key">Of the scrambling: other keys flip other digits.</param>
    public static double Scrambled(int dimension, uint index, ulong key)
    {
        var plain = Plain(dimension, index);
        var scrambled = 0UL;
        for (var digit = 1; digit <= Digits; digit++)
            scrambled = (scrambled << 1) | ((plain >> (Digits - digit) & 1) ^ (Hash(key, plain, digit - 1) >> 63));
        // Behind the last digit of a plain point are zeros, of which the coins hang on the whole point.
        return ((scrambled << 21) | (Hash(key, plain, Digits) >> 43)) * (1.0 / (1UL << 53));
    }

    // The sentinel in front of the digits tells 0 from 00.
    private static ulong Hash(ulong key, uint plain, int digits) => SplitMix64.At(key, (1L << digits) | ((long)plain >> (Digits - digits))).Next();
}
