using System.Numerics;
using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Randomness;

/// <summary>What random numbers are for. Each purpose has streams of its own, so that using more of one changes none of the others.</summary>
internal enum Purpose : byte
{
    Weights = 1,
    BatchOrder = 2,
    Dropout = 3,
    Split = 4,
    Augmentation = 5,
    Mixing = 6,
}

/// <summary>
/// A place in the random numbers of a seed: purpose, layer, epoch and step, and how many blocks of four numbers were taken there.
/// Everything follows from these, so any machine gives the same numbers and a trial can go on from any epoch.
/// </summary>
/// <param name="layer">From 0, below 2²⁴.</param>
internal struct RandomStream(ulong seed, Purpose purpose, int layer = 0, int epoch = 0, int step = 0)
{
    private readonly uint _purposeAndLayer = ((uint)layer << 8) | (byte)purpose;
    private uint _block;
    private int _left;
    private uint _next0, _next1, _next2;

    public uint Next()
    {
        if (_left == 0)
        {
            (var first, _next0, _next1, _next2) = Philox.Block(_block++, (uint)step, (uint)epoch, _purposeAndLayer, seed);
            _left = 3;
            return first;
        }
        var value = _next0;
        (_next0, _next1) = (_next1, _next2);
        _left--;
        return value;
    }

    /// <summary>The blocks from <paramref name="first"/> on, one a lane, whatever was taken before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (Vector<uint> W0, Vector<uint> W1, Vector<uint> W2, Vector<uint> W3) Blocks(uint first) =>
        Philox.Blocks(new Vector<uint>(first) + Vector<uint>.Indices, (uint)step, (uint)epoch, _purposeAndLayer, seed);

    /// <summary>A whole number below <paramref name="bound"/>, each as likely as the others.</summary>
    /// <remarks>Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019, algorithm 5.</remarks>
    public uint Below(uint bound)
    {
        var product = (ulong)Next() * bound;
        if ((uint)product < bound)
        {
            var threshold = (0 - bound) % bound;
            while ((uint)product < threshold) product = (ulong)Next() * bound;
        }
        return (uint)(product >> 32);
    }

    /// <summary>A number in [-<paramref name="limit"/>, <paramref name="limit"/>), from 24 random bits.</summary>
    public float Symmetric(float limit) => (((Next() >> 8) * (1f / (1 << 23))) - 1) * limit;

    /// <summary>A number in [0, 1), from 32 random bits.</summary>
    public double Uniform() => Next() / (double)(1L << 32);

    /// <summary>A share in [0, 1] from the Beta distribution of two equal parameters, as the part of one of two Gamma numbers.</summary>
    public double Beta(double alpha)
    {
        var (one, other) = (LogarithmOfGamma(alpha), LogarithmOfGamma(alpha));
        return 1 / (1 + Math.Exp(other - one));
    }

    /// <summary>A number from the standard normal distribution, by one of the two that Box and Muller's method gives (1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log((Next() + 1.0) / (1L << 32)));
        return radius * Math.Cos(2 * Math.PI * Next() / (1L << 32));
    }

    /// <summary>Puts the items in random order: Fisher and Yates, as Durstenfeld does it.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)Below((uint)last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    // Of a number from the Gamma distribution. Those of small shapes lie below what a double holds: two of them would look alike at 0.
    // Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000; section 6 for shapes below 1.
    private double LogarithmOfGamma(double shape)
    {
        if (shape < 1) return LogarithmOfGamma(shape + 1) + (Math.Log(1 - Uniform()) / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal();
            var cube = Math.Pow(1 + (c * normal), 3);
            if (cube > 0 && Math.Log(1 - Uniform()) < (0.5 * normal * normal) + (d * (1 - cube + Math.Log(cube)))) return Math.Log(d * cube);
        }
    }
}
