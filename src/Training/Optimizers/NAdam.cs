using System.Numerics;
using System.Runtime.CompilerServices;
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
        Run(parameters.Weights, parameters.Gradients, _means, _squares, (nint)parameters.Trainable, rates);
    }

    private double Momentum(long number) => config.Beta1 * (1 - (0.5 * Math.Pow(0.96, number * config.MomentumDecay)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* weights, float* gradients, float* means, float* squares, nint count, Rates rates)
    {
        var (byGradient, byMean, root, epsilon) =
            (new Vector<float>(-rates.Gradient), new Vector<float>(-rates.Mean), new Vector<float>(rates.Root), new Vector<float>(rates.Epsilon));
        var decay = new Vector<float>(rates.Decay);
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
            var direction = Vector.MultiplyAddEstimate(byMean, mean, byGradient * gradient);
            Vector.Store(weight + (direction / Vector.MultiplyAddEstimate(Vector.SquareRoot(square), root, epsilon)), weights + i);
        }
    }

    private readonly record struct Rates(
        float Gradient, float Mean, float Root, float Decay, float Beta1, float Rest1, float Beta2, float Rest2, float Epsilon);
}
