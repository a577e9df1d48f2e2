using System.Numerics;
using System.Runtime.CompilerServices;
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
            (float)rate, (float)(1 - (rate * config.WeightDecay)), (float)config.Beta1, (float)(1 - config.Beta1), (float)config.Beta2, (float)(1 - config.Beta2));
        Run(parameters.Weights, parameters.Gradients, _means, (nint)parameters.Trainable, rates);
        DecoupledDecay.FlushSometimes(parameters, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* weights, float* gradients, float* means, nint count, Rates rates)
    {
        var (step, shrink, tiny) = (new Vector<float>(rates.Step), new Vector<float>(rates.Shrink), new Vector<float>(Denormals.Bound));
        var (beta1, rest1) = (new Vector<float>(rates.Beta1), new Vector<float>(rates.Rest1));
        var (beta2, rest2) = (new Vector<float>(rates.Beta2), new Vector<float>(rates.Rest2));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var (mean, gradient) = (Vector.Load(means + i), Denormals.Flush(Vector.Load(gradients + i), tiny));
            var direction = Vector.MultiplyAddEstimate(beta1, mean, rest1 * gradient);
            var still = Vector.Equals(direction, Vector<float>.Zero).As<int, float>();
            // The difference is 0, but lost where the direction is no number: its sign alone would go on as if nothing were.
            var signed = Vector.AndNot(Vector.CopySign(step, direction), still) + (direction - direction);
            Vector.Store((Vector.Load(weights + i) * shrink) - signed, weights + i);
            Vector.Store(Denormals.Flush(Vector.MultiplyAddEstimate(beta2, mean, rest2 * gradient), tiny), means + i);
        }
    }

    private readonly record struct Rates(float Step, float Shrink, float Beta1, float Rest1, float Beta2, float Rest2);
}
