using System.Numerics;
using System.Runtime.CompilerServices;
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

    public void Step(long number, double rate) =>
        Run(parameters.Weights, parameters.Gradients, _sums, (nint)parameters.Trainable, (float)rate, (float)config.WeightDecay, (float)config.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* weights, float* gradients, float* sums, nint count, float rate, float decay, float epsilon)
    {
        var (step, decays, epsilons, tiny) =
            (new Vector<float>(-rate), new Vector<float>(decay), new Vector<float>(epsilon), new Vector<float>(Denormals.GradientBound));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var weight = Vector.Load(weights + i);
            var gradient = Denormals.Flush(Vector.MultiplyAddEstimate(decays, weight, Vector.Load(gradients + i)), tiny);
            var sum = Vector.MultiplyAddEstimate(gradient, gradient, Vector.Load(sums + i));
            Vector.Store(sum, sums + i);
            Vector.Store(Vector.MultiplyAddEstimate(step, gradient / (Vector.SquareRoot(sum) + epsilons), weight), weights + i);
        }
    }
}
