using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Kernels;

/// <summary>
/// Keeps denormal numbers out of the passes: values that decay, such as Adam's moments, would end there, where processors are ten
/// times slower. The processor's own flush mode is no way, since the runtime compiles on the same thread and folds constants wrongly
/// under it. NaN and infinity pass.
/// </summary>
internal static class Denormals
{
    /// <summary>2⁻⁸⁰: far below what changes a weight, far above what a product or two make denormal.</summary>
    public const float Bound = 8.2718061e-25f;

    /// <summary>2⁻⁵⁰: of a gradient whose square, times the share that a running mean gives it, must be a normal number, too.</summary>
    public const float GradientBound = 8.8817842e-16f;

    /// <summary>2⁻¹¹⁰: of the running mean of such squares. Its root lies far below any epsilon's reach.</summary>
    public const float SquareBound = 7.7037198e-34f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flush<T>(T values, T bound)
        where T : struct, IFloats<T> =>
        T.AndNot(values, T.LessThan(T.Abs(values), bound));
}
