using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>(rates);
        else Run<UsualFloats>(rates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(Rates rates)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, squares = _squares, velocities = _velocity;
        var (step, decay, epsilon, momentum) =
            (T.Of(-rates.Step), T.Of(rates.Decay), T.Of(rates.Epsilon), T.Of(rates.Momentum));
        var (alpha, rest) = (T.Of(rates.Alpha), T.Of(rates.Rest));
        var (tinyGradient, tiny, tinySquare) =
            (T.Of(Denormals.GradientBound), T.Of(Denormals.Bound), T.Of(Denormals.SquareBound));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var weight = T.Load(weights + i);
            var gradient = Denormals.Flush(T.MultiplyAdd(decay, weight, T.Load(gradients + i)), tinyGradient);
            var square = Denormals.Flush(T.MultiplyAdd(alpha, T.Load(squares + i), rest * gradient * gradient), tinySquare);
            square.Store(squares + i);
            var scaled = gradient / (T.SquareRoot(square) + epsilon);
            var velocity = Denormals.Flush(T.MultiplyAdd(momentum, T.Load(velocities + i), scaled), tiny);
            velocity.Store(velocities + i);
            T.MultiplyAdd(step, velocity, weight).Store(weights + i);
        }
    }

    private readonly record struct Rates(float Step, float Alpha, float Rest, float Epsilon, float Momentum, float Decay);
}
