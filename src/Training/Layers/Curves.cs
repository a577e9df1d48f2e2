using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Layers;

/// <summary>A function of one number and its derivative, many at a time.</summary>
internal interface ICurve
{
    static abstract T Value<T>(T x)
        where T : struct, IFloats<T>;

    static abstract T Slope<T>(T x)
        where T : struct, IFloats<T>;
}

internal static class Curves
{
    // Beyond it exp leaves the normal numbers, and no float beside 1 feels it.
    private const float Far = 60;

    internal readonly struct LeakyRelu : ICurve
    {
        private const float Leak = (float)LayerSpec.Activate.Leak;

        public static T Value<T>(T x)
            where T : struct, IFloats<T> =>
            T.Select(T.GreaterThan(x, T.Of(0)), x, x * T.Of(Leak));

        public static T Slope<T>(T x)
            where T : struct, IFloats<T> =>
            T.Select(T.GreaterThan(x, T.Of(0)), T.Of(1), T.Of(Leak));
    }

    internal readonly struct Elu : ICurve
    {
        public static T Value<T>(T x)
            where T : struct, IFloats<T> =>
            T.Select(T.LessThan(x, T.Of(0)), Exp(T.Min(x, T.Of(0))) - T.Of(1), x);

        public static T Slope<T>(T x)
            where T : struct, IFloats<T> =>
            Exp(T.Min(x, T.Of(0)));
    }

    internal readonly struct Sigmoid : ICurve
    {
        public static T Value<T>(T x)
            where T : struct, IFloats<T> =>
            T.Of(1) / (T.Of(1) + Exp(-x));

        public static T Slope<T>(T x)
            where T : struct, IFloats<T>
        {
            var value = Value(x);
            return value * (T.Of(1) - value);
        }
    }

    internal readonly struct Tanh : ICurve
    {
        // By exp(-2|x|), which cancels near 0: there the series is better.
        public static T Value<T>(T x)
            where T : struct, IFloats<T>
        {
            var size = T.Abs(x);
            var decay = Exp(size * T.Of(-2));
            var large = (T.Of(1) - decay) / (T.Of(1) + decay);
            var square = x * x;
            var small = size * (T.Of(1) - (square * (T.Of(1f / 3) - (square * (T.Of(2f / 15) - (square * T.Of(17f / 315)))))));
            var value = T.Select(T.LessThan(size, T.Of(0.125f)), small, large);
            return T.CopySign(value, x);
        }

        public static T Slope<T>(T x)
            where T : struct, IFloats<T>
        {
            var value = Value(x);
            return T.Of(1) - (value * value);
        }
    }

    internal readonly struct Silu : ICurve
    {
        public static T Value<T>(T x)
            where T : struct, IFloats<T> =>
            x * Sigmoid.Value(x);

        public static T Slope<T>(T x)
            where T : struct, IFloats<T>
        {
            var share = Sigmoid.Value(x);
            return share * (T.Of(1) + (x * (T.Of(1) - share)));
        }
    }

    internal readonly struct Gelu : ICurve
    {
        private const float InverseRootTwo = 0.70710678f;
        private const float InverseRootTwoPi = 0.39894228f;

        public static T Value<T>(T x)
            where T : struct, IFloats<T> =>
            x * Below(x);

        public static T Slope<T>(T x)
            where T : struct, IFloats<T> =>
            Below(x) + (x * Exp(x * x * T.Of(-0.5f)) * T.Of(InverseRootTwoPi));

        // The normal distribution's share below x, by Abramowitz and Stegun's formula 7.1.26 for the error function: off by at most 1.5e-7.
        private static T Below<T>(T x)
            where T : struct, IFloats<T>
        {
            var z = T.Abs(x) * T.Of(InverseRootTwo);
            var t = T.Of(1) / (T.Of(1) + (z * T.Of(0.3275911f)));
            var series = t * (T.Of(0.254829592f) + (t * (T.Of(-0.284496736f)
                + (t * (T.Of(1.421413741f) + (t * (T.Of(-1.453152027f) + (t * T.Of(1.061405429f)))))))));
            var beyond = series * Exp(-(z * z)) * T.Of(0.5f);
            return T.Select(T.GreaterThan(x, T.Of(0)), T.Of(1) - beyond, beyond);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp<T>(T x)
        where T : struct, IFloats<T> =>
        T.Exp(T.Max(T.Min(x, T.Of(Far)), T.Of(-Far)));
}
