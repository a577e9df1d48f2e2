using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Layers;

/// <summary>A function of one number and its derivative, many at a time.</summary>
internal interface ICurve
{
    static abstract Vector<float> Value(Vector<float> x);

    static abstract Vector<float> Slope(Vector<float> x);
}

internal static class Curves
{
    // Beyond it exp leaves the normal numbers, and no float beside 1 feels it.
    private const float Far = 60;

    internal readonly struct LeakyRelu : ICurve
    {
        private const float Leak = (float)LayerSpec.Activate.Leak;

        public static Vector<float> Value(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, x * new Vector<float>(Leak));

        public static Vector<float> Slope(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, new Vector<float>(Leak));
    }

    internal readonly struct Elu : ICurve
    {
        public static Vector<float> Value(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), x, Exp(Vector.Min(x, Vector<float>.Zero)) - Vector<float>.One);

        public static Vector<float> Slope(Vector<float> x) => Exp(Vector.Min(x, Vector<float>.Zero));
    }

    internal readonly struct Sigmoid : ICurve
    {
        public static Vector<float> Value(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Exp(-x));

        public static Vector<float> Slope(Vector<float> x)
        {
            var value = Value(x);
            return value * (Vector<float>.One - value);
        }
    }

    internal readonly struct Tanh : ICurve
    {
        // By exp(-2|x|), which cancels near 0: there the series is better.
        public static Vector<float> Value(Vector<float> x)
        {
            var size = Vector.Abs(x);
            var decay = Exp(size * new Vector<float>(-2));
            var large = (Vector<float>.One - decay) / (Vector<float>.One + decay);
            var square = x * x;
            var small = size
                * (Vector<float>.One
                    - (square * (new Vector<float>(1f / 3) - (square * (new Vector<float>(2f / 15) - (square * new Vector<float>(17f / 315)))))));
            var value = Vector.ConditionalSelect(Vector.LessThan(size, new Vector<float>(0.125f)), small, large);
            return Vector.CopySign(value, x);
        }

        public static Vector<float> Slope(Vector<float> x)
        {
            var value = Value(x);
            return Vector<float>.One - (value * value);
        }
    }

    internal readonly struct Silu : ICurve
    {
        public static Vector<float> Value(Vector<float> x) => x * Sigmoid.Value(x);

        public static Vector<float> Slope(Vector<float> x)
        {
            var share = Sigmoid.Value(x);
            return share * (Vector<float>.One + (x * (Vector<float>.One - share)));
        }
    }

    internal readonly struct Gelu : ICurve
    {
        private const float InverseRootTwo = 0.70710678f;
        private const float InverseRootTwoPi = 0.39894228f;

        public static Vector<float> Value(Vector<float> x) => x * Below(x);

        public static Vector<float> Slope(Vector<float> x) => Below(x) + (x * Exp(x * x * new Vector<float>(-0.5f)) * new Vector<float>(InverseRootTwoPi));

        // The normal distribution's share below x, by Abramowitz and Stegun's formula 7.1.26 for the error function: off by at most 1.5e-7.
        private static Vector<float> Below(Vector<float> x)
        {
            var z = Vector.Abs(x) * new Vector<float>(InverseRootTwo);
            var t = Vector<float>.One / (Vector<float>.One + (z * new Vector<float>(0.3275911f)));
            var series = t * (new Vector<float>(0.254829592f) + (t * (new Vector<float>(-0.284496736f)
                + (t * (new Vector<float>(1.421413741f) + (t * (new Vector<float>(-1.453152027f) + (t * new Vector<float>(1.061405429f)))))))));
            var beyond = series * Exp(-(z * z)) * new Vector<float>(0.5f);
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One - beyond, beyond);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exp(Vector<float> x) => Vector.Exp(Vector.Max(Vector.Min(x, new Vector<float>(Far)), new Vector<float>(-Far)));
}
