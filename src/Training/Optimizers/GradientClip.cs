using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Scales all gradients down so that their common Euclidean length is at most a bound, as <c>torch.nn.utils.clip_grad_norm_</c> does. Pascanu, Mikolov,
/// Bengio, "On the Difficulty of Training Recurrent Neural Networks", ICML 2013, algorithm 1.
/// </summary>
/// <param name="bound">0 leaves the gradients alone.</param>
internal sealed unsafe class GradientClip(double bound, ParameterBlock parameters)
{
    public void Apply()
    {
        if (bound == 0) return;
        var factor = bound / (Math.Sqrt(SumOfSquares(parameters.Gradients, (nint)parameters.Trainable)) + 1e-6);
        if (factor >= 1) return;
        if (Vector512.IsHardwareAccelerated) Scale<WideFloats>(parameters.Gradients, (nint)parameters.Trainable, (float)factor);
        else Scale<UsualFloats>(parameters.Gradients, (nint)parameters.Trainable, (float)factor);
    }

    // Sixteen sums whatever the vector width, so that no processor rounds otherwise. A float's square is exact in double, fused with its sum or not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(float* gradients, nint count)
    {
        Vector256<double> first = default, second = default, third = default, fourth = default;
        for (nint i = 0; i < count; i += 16)
        {
            var (a, b) = Vector256.Widen(Vector256.Load(gradients + i));
            var (c, d) = Vector256.Widen(Vector256.Load(gradients + i + 8));
            first += a * a;
            second += b * b;
            third += c * c;
            fourth += d * d;
        }
        var total = 0.0;
        foreach (var sums in (ReadOnlySpan<Vector256<double>>)[first, second, third, fourth])
            for (var lane = 0; lane < Vector256<double>.Count; lane++) total += sums[lane];
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<T>(float* gradients, nint count, float factor)
        where T : struct, IFloats<T>
    {
        var factors = T.Of(factor);
        for (nint i = 0; i < count; i += T.Count) (T.Load(gradients + i) * factors).Store(gradients + i);
    }
}
