using System.Numerics;
using System.Runtime.CompilerServices;
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
        var (step, decay, momentum, count) = ((float)rate, (float)config.WeightDecay, (float)config.Momentum, (nint)parameters.Trainable);
        if (_velocity == null) Plain(parameters.Weights, parameters.Gradients, count, step, decay);
        else WithMomentum(parameters.Weights, parameters.Gradients, _velocity, count, step, decay, momentum, config.Nesterov);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plain(float* weights, float* gradients, nint count, float rate, float decay)
    {
        var (rates, decays, tiny) = (new Vector<float>(-rate), new Vector<float>(decay), new Vector<float>(Denormals.Bound));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var weight = Vector.Load(weights + i);
            var gradient = Denormals.Flush(Vector.MultiplyAddEstimate(decays, weight, Vector.Load(gradients + i)), tiny);
            Vector.Store(Denormals.Flush(Vector.MultiplyAddEstimate(rates, gradient, weight), tiny), weights + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithMomentum(
        float* weights, float* gradients, float* velocities, nint count, float rate, float decay, float momentum, bool nesterov)
    {
        var (rates, decays, momenta, tiny) = (new Vector<float>(-rate), new Vector<float>(decay), new Vector<float>(momentum), new Vector<float>(Denormals.Bound));
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            var weight = Vector.Load(weights + i);
            var gradient = Denormals.Flush(Vector.MultiplyAddEstimate(decays, weight, Vector.Load(gradients + i)), tiny);
            var velocity = Denormals.Flush(Vector.MultiplyAddEstimate(momenta, Vector.Load(velocities + i), gradient), tiny);
            Vector.Store(velocity, velocities + i);
            var direction = nesterov ? Vector.MultiplyAddEstimate(momenta, velocity, gradient) : velocity;
            Vector.Store(Denormals.Flush(Vector.MultiplyAddEstimate(rates, direction, weight), tiny), weights + i);
        }
    }
}
