using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Adam and AdamW as <c>torch.optim</c> defines them. Kingma, Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1, with
/// epsilon added after the correction of the bias. Adam's weight decay is L2 in the gradient; AdamW's shrinks the weights by themselves:
/// Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
/// </summary>
internal sealed unsafe class Adam(OptimizerConfig.Adam config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _means = buffers.Allocate((nint)parameters.Trainable);
    private readonly float* _squares = buffers.Allocate((nint)parameters.Trainable);

    public IReadOnlyList<nint> State => [(nint)_means, (nint)_squares];

    public void Step(long number, double rate)
    {
        var meanCorrection = 1 - Math.Pow(config.Beta1, number);
        var squareCorrection = 1 - Math.Pow(config.Beta2, number);
        var rates = new Rates(
            Step: (float)(rate / meanCorrection),
            Root: (float)(1 / Math.Sqrt(squareCorrection)),
            Decay: config.Decoupled ? 0 : (float)config.WeightDecay,
            Shrink: config.Decoupled ? (float)(1 - (rate * config.WeightDecay)) : 1,
            Beta1: (float)config.Beta1,
            Rest1: (float)(1 - config.Beta1),
            Beta2: (float)config.Beta2,
            Rest2: (float)(1 - config.Beta2),
            Epsilon: (float)config.Epsilon);
        Run(parameters.Weights, parameters.Gradients, _means, _squares, (nint)parameters.Trainable, rates);
        if (config.Decoupled) DecoupledDecay.FlushSometimes(parameters, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* weights, float* gradients, float* means, float* squares, nint count, Rates rates)
    {
        var (step, root, decay, epsilon) =
            (new Vector<float>(-rates.Step), new Vector<float>(rates.Root), new Vector<float>(rates.Decay), new Vector<float>(rates.Epsilon));
        var shrink = new Vector<float>(rates.Shrink);
        var (beta1, rest1) = (new Vector<float>(rates.Beta1), new Vector<float>(rates.Rest1));
        var (beta2, rest2) = (new Vector<float>(rates.Beta2), new Vector<float>(rates.Rest2));
        var (tinyGradient, tiny, tinySquare) = (new Vector<float>(Denormals.GradientBound), new Vector<float>(Denormals.Bound), new Vector<float>(Denormals.SquareBound));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var weight = Vector.Load(weights + i);
            var gradient = Denormals.Flush(Vector.MultiplyAddEstimate(decay, weight, Vector.Load(gradients + i)), tinyGradient);
            var mean = Denormals.Flush(Vector.MultiplyAddEstimate(beta1, Vector.Load(means + i), rest1 * gradient), tiny);
            var square = Denormals.Flush(Vector.MultiplyAddEstimate(beta2, Vector.Load(squares + i), rest2 * gradient * gradient), tinySquare);
            Vector.Store(mean, means + i);
            Vector.Store(square, squares + i);
            var divisor = Vector.MultiplyAddEstimate(Vector.SquareRoot(square), root, epsilon);
            Vector.Store(Vector.MultiplyAddEstimate(step, mean / divisor, weight * shrink), weights + i);
        }
    }

    private readonly record struct Rates(float Step, float Root, float Decay, float Shrink, float Beta1, float Rest1, float Beta2, float Rest2, float Epsilon);
}
