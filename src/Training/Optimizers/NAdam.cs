using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// NAdam as <c>torch.optim.NAdam</c> defines it: Adam with Nesterov's look-ahead and a momentum that warms up. Dozat, "Incorporating Nesterov
/// Momentum into Adam", ICLR 2016 workshop, with the schedule of Sutskever et al., 2013. Weight decay is L2 in the gradient.
/// </summary>
internal sealed unsafe class NAdam(OptimizerConfig.NAdam config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _means = buffers.Allocate((nint)parameters.Trainable);
    private readonly float* _squares = buffers.Allocate((nint)parameters.Trainable);

    // Of the momenta of all steps so far; follows from their number alone.
    private double _product = 1;
    private long _steps;

    public IReadOnlyList<nint> State => [(nint)_means, (nint)_squares];

    public void Step(long number, double rate)
    {
        if (number != _steps + 1) (_product, _steps) = (1, 0);
        while (_steps < number) _product *= Momentum(++_steps);
        var (now, next) = (Momentum(number), Momentum(number + 1));
        var rates = new Rates(
            Gradient: (float)(rate * (1 - now) / (1 - _product)),
            Mean: (float)(rate * next / (1 - (_product * next))),
            Root: (float)(1 / Math.Sqrt(1 - Math.Pow(config.Beta2, number))),
            Decay: (float)config.WeightDecay,
            Beta1: (float)config.Beta1,
            Rest1: (float)(1 - config.Beta1),
            Beta2: (float)config.Beta2,
            Rest2: (float)(1 - config.Beta2),
            Epsilon: (float)config.Epsilon);
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>(rates);
        else Run<UsualFloats>(rates);
    }

    private double Momentum(long number) => config.Beta1 * (1 - (0.5 * Math.Pow(0.96, number * config.MomentumDecay)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(Rates rates)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, means = _means, squares = _squares;
        var (byGradient, byMean, root, epsilon) =
            (T.Of(-rates.Gradient), T.Of(-rates.Mean), T.Of(rates.Root), T.Of(rates.Epsilon));
        var decay = T.Of(rates.Decay);
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
            var direction = T.MultiplyAdd(byMean, mean, byGradient * gradient);
            (weight + (direction / T.MultiplyAdd(T.SquareRoot(square), root, epsilon))).Store(weights + i);
        }
    }

    private readonly record struct Rates(
        float Gradient, float Mean, float Root, float Decay, float Beta1, float Rest1, float Beta2, float Rest2, float Epsilon);
}
