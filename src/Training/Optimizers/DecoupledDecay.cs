using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Keeps weights that shrink by themselves out of the denormal numbers, where one with a gradient of 0 would end. Weight decay as L2 needs nothing
/// of the kind: it ends with the gradient's bound.
/// </summary>
internal static unsafe class DecoupledDecay
{
    // In every step it would cost Adam's pass a quarter. Between the bound and the denormals lie 46 halvings: so many steps of a decay by a ninth.
    private const long Interval = 256;

    /// <summary>Sets the tiniest weights to 0 after every so many steps, counted by the step's number alone.</summary>
    public static void FlushSometimes(ParameterBlock parameters, long number)
    {
        if (number % Interval != 0) return;
        if (Vector512.IsHardwareAccelerated) Flush<WideFloats>(parameters.Weights, (nint)parameters.Trainable);
        else Flush<UsualFloats>(parameters.Weights, (nint)parameters.Trainable);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Flush<T>(float* weights, nint count)
        where T : struct, IFloats<T>
    {
        var tiny = T.Of(Denormals.Bound);
        for (nint i = 0; i < count; i += T.Count) Denormals.Flush(T.Load(weights + i), tiny).Store(weights + i);
    }
}
