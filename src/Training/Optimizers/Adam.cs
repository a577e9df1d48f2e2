using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>(rates);
        else Run<UsualFloats>(rates);
        if (config.Decoupled) DecoupledDecay.FlushSometimes(parameters, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(Rates rates)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, means = _means, squares = _squares;
        var (step, root, decay, epsilon) =
            (T.Of(-rates.Step), T.Of(rates.Root), T.Of(rates.Decay), T.Of(rates.Epsilon));
        var shrink = T.Of(rates.Shrink);
        var (beta1, rest1) = (T.Of(rates.Beta1), T.Of(rates.Rest1));
        var (beta2, rest2) = (T.Of(rates.Beta2), T.Of(rates.Rest2));
        var (tinyGradient, tiny, tinySquare) =
            (T.Of(Denormals.GradientBound), T.Of(Denormals.Bound), T.Of(Denormals.SquareBound));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var weight = T.Load(weights + i);
            var gradient = Denormals.Flush(T.MultiplyAdd(decay, weight, T.Load(gradients + i)), tinyGradient);
            var mean = Denormals.Flush(T.MultiplyAdd(beta1, T.Load(means + i), rest1 * gradient), tiny);
            var square = Denormals.Flush(T.MultiplyAdd(beta2, T.Load(squares + i), rest2 * gradient * gradient), tinySquare);
            mean.Store(means + i);
            square.Store(squares + i);
            var divisor = T.MultiplyAdd(T.SquareRoot(square), root, epsilon);
            T.MultiplyAdd(step, mean / divisor, weight * shrink).Store(weights + i);
        }
    }

    private readonly record struct Rates(float Step, float Root, float Decay, float Shrink, float Beta1, float Rest1, float Beta2, float Rest2, float Epsilon);
}
