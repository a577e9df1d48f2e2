using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Lion: steps of one size by the sign of a mean of gradients, with AdamW's weight decay. Chen et al., "Symbolic Discovery of Optimization
/// Algorithms", NeurIPS 2023, algorithm 2.
/// </summary>
internal sealed unsafe class Lion(OptimizerConfig.Lion config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _means = buffers.Allocate((nint)parameters.Trainable);

    public IReadOnlyList<nint> State => [(nint)_means];

    public void Step(long number, double rate)
    {
        var rates = new Rates(
            (float)rate, (float)(1 - (rate * config.WeightDecay)),
            (float)config.Beta1, (float)(1 - config.Beta1), (float)config.Beta2, (float)(1 - config.Beta2));
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>(rates);
        else Run<UsualFloats>(rates);
        DecoupledDecay.FlushSometimes(parameters, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(Rates rates)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, means = _means;
        var (step, shrink, tiny) = (T.Of(rates.Step), T.Of(rates.Shrink), T.Of(Denormals.Bound));
        var (beta1, rest1) = (T.Of(rates.Beta1), T.Of(rates.Rest1));
        var (beta2, rest2) = (T.Of(rates.Beta2), T.Of(rates.Rest2));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var (mean, gradient) = (T.Load(means + i), Denormals.Flush(T.Load(gradients + i), tiny));
            var direction = T.MultiplyAdd(beta1, mean, rest1 * gradient);
            var still = T.Equal(direction, T.Of(0));
            // The difference is 0, but lost where the direction is no number: its sign alone would go on as if nothing were.
            var signed = T.AndNot(T.CopySign(step, direction), still) + (direction - direction);
            ((T.Load(weights + i) * shrink) - signed).Store(weights + i);
            Denormals.Flush(T.MultiplyAdd(beta2, mean, rest2 * gradient), tiny).Store(means + i);
        }
    }

    private readonly record struct Rates(float Step, float Shrink, float Beta1, float Rest1, float Beta2, float Rest2);
}
