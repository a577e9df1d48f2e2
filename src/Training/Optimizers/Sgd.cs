using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum, Nesterov's look-ahead and L2 weight decay as <c>torch.optim.SGD</c> defines them.</summary>
internal sealed unsafe class Sgd(OptimizerConfig.Sgd config, ParameterBlock parameters, NativeBuffers buffers) : IOptimizer
{
    private readonly float* _velocity = config.Momentum > 0 ? buffers.Allocate((nint)parameters.Trainable) : null;

    public IReadOnlyList<nint> State => _velocity == null ? [] : [(nint)_velocity];

    public void Step(long number, double rate)
    {
        if (Vector512.IsHardwareAccelerated) Run<WideFloats>((float)rate);
        else Run<UsualFloats>((float)rate);
    }

    private void Run<T>(float rate)
        where T : struct, IFloats<T>
    {
        if (_velocity == null) Plain<T>(rate);
        else WithMomentum<T>(rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plain<T>(float rate)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients;
        var (step, decay, tiny) = (T.Of(-rate), T.Of((float)config.WeightDecay), T.Of(Denormals.Bound));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var weight = T.Load(weights + i);
            var gradient = Denormals.Flush(T.MultiplyAdd(decay, weight, T.Load(gradients + i)), tiny);
            Denormals.Flush(T.MultiplyAdd(step, gradient, weight), tiny).Store(weights + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WithMomentum<T>(float rate)
        where T : struct, IFloats<T>
    {
        float* weights = parameters.Weights, gradients = parameters.Gradients, velocities = _velocity;
        var nesterov = config.Nesterov;
        var (step, decay, momentum, tiny) =
            (T.Of(-rate), T.Of((float)config.WeightDecay), T.Of((float)config.Momentum), T.Of(Denormals.Bound));
        for (nint i = 0, count = (nint)parameters.Trainable; i < count; i += T.Count)
        {
            var weight = T.Load(weights + i);
            var gradient = Denormals.Flush(T.MultiplyAdd(decay, weight, T.Load(gradients + i)), tiny);
            var velocity = Denormals.Flush(T.MultiplyAdd(momentum, T.Load(velocities + i), gradient), tiny);
            velocity.Store(velocities + i);
            var direction = nesterov ? T.MultiplyAdd(momentum, velocity, gradient) : velocity;
            Denormals.Flush(T.MultiplyAdd(step, direction, weight), tiny).Store(weights + i);
        }
    }
}
