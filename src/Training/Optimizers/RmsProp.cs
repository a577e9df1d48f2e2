using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// RMSprop as <c>torch.optim.RMSprop</c> defines it, not centred, weight decay as L2 in the gradient. Tieleman, Hinton, "Lecture 6.5: RMSProp",
/// Neural Networks for Machine Learning, 2012, with epsilon added after the root.
/// </summary>
internal sealed unsafe class RmsProp(OptimizerConfig.RmsProp config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _squares = buffers.Allocate((nint)parameters.Trainable);

    // Without momentum it stays at the latest step: one pass serves both.
    private readonly float* _velocity = buffers.Allocate((nint)parameters.Trainable);

    public IReadOnlyList<nint> State => [(nint)_squares, (nint)_velocity];

    public void Step(long number, double rate)
    {
        var rates = new Rates(
            (float)rate, (float)config.Alpha, (float)(1 - config.Alpha), (float)config.Epsilon, (float)config.Momentum, (float)config.WeightDecay);
        Run(parameters.Weights, parameters.Gradients, _squares, _velocity, (nint)parameters.Trainable, rates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* weights, float* gradients, float* squares, float* velocities, nint count, Rates rates)
    {
        var (step, decay, epsilon, momentum) =
            (new Vector<float>(-rates.Step), new Vector<float>(rates.Decay), new Vector<float>(rates.Epsilon), new Vector<float>(rates.Momentum));
        var (alpha, rest) = (new Vector<float>(rates.Alpha), new Vector<float>(rates.Rest));
        var (tinyGradient, tiny, tinySquare) = (new Vector<float>(Denormals.GradientBound), new Vector<float>(Denormals.Bound), new Vector<float>(Denormals.SquareBound));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var weight = Vector.Load(weights + i);
            var gradient = Denormals.Flush(Vector.MultiplyAddEstimate(decay, weight, Vector.Load(gradients + i)), tinyGradient);
            var square = Denormals.Flush(Vector.MultiplyAddEstimate(alpha, Vector.Load(squares + i), rest * gradient * gradient), tinySquare);
            Vector.Store(square, squares + i);
            var scaled = gradient / (Vector.SquareRoot(square) + epsilon);
            var velocity = Denormals.Flush(Vector.MultiplyAddEstimate(momentum, Vector.Load(velocities + i), scaled), tiny);
            Vector.Store(velocity, velocities + i);
            Vector.Store(Vector.MultiplyAddEstimate(step, velocity, weight), weights + i);
        }
    }

    private readonly record struct Rates(float Step, float Alpha, float Rest, float Epsilon, float Momentum, float Decay);
}
