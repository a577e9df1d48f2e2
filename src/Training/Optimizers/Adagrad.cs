using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Adagrad as <c>torch.optim.Adagrad</c> defines it, weight decay as L2 in the gradient. Duchi, Hazan, Singer, "Adaptive Subgradient Methods for
/// Online Learning and Stochastic Optimization", JMLR 12, 2011.
/// </summary>
internal sealed unsafe class Adagrad(OptimizerConfig.Adagrad config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _sums = buffers.Allocate((nint)parameters.Trainable);

    public IReadOnlyList<nint> State => [(nint)_sums];

    public void Step(long number, double rate)
    {
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>((float)rate);
        else Run<UsualFloats>((float)rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(float rate)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, sums = _sums;
        var (step, decay, epsilon, tiny) =
            (T.Of(-rate), T.Of((float)config.WeightDecay), T.Of((float)config.Epsilon), T.Of(Denormals.GradientBound));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var weight = T.Load(weights + i);
            var gradient = Denormals.Flush(T.MultiplyAdd(decay, weight, T.Load(gradients + i)), tiny);
            var sum = T.MultiplyAdd(gradient, gradient, T.Load(sums + i));
            sum.Store(sums + i);
            T.MultiplyAdd(step, gradient / (T.SquareRoot(sum) + epsilon), weight).Store(weights + i);
        }
    }
}
