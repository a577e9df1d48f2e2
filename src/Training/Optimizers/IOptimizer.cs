using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>How gradients become steps; bound to one model's parameters, with its own state.</summary>
internal interface IOptimizer
{
    /// <summary>Addresses of all that it remembers between steps beside their number: one float for each trainable one of the block.</summary>
    IReadOnlyList<nint> State { get; }

    /// <summary>Changes every trainable weight once by its gradient.</summary>
    /// <param name="number">Since the trial's start, from 1.</param>
    /// <param name="rate">The learning rate of this step.</param>
    void Step(long number, double rate);
}

internal static class Optimizer
{
    public static IOptimizer Of(OptimizerConfig config, ParameterBlock parameters, NativeBuffers buffers) => config switch
    {
        OptimizerConfig.Sgd sgd => new Sgd(sgd, parameters, buffers),
        OptimizerConfig.Adam adam => new Adam(adam, parameters, buffers),
        OptimizerConfig.NAdam nadam => new NAdam(nadam, parameters, buffers),
        OptimizerConfig.RmsProp rmsProp => new RmsProp(rmsProp, parameters, buffers),
        OptimizerConfig.Adagrad adagrad => new Adagrad(adagrad, parameters, buffers),
        OptimizerConfig.Lion lion => new Lion(lion, parameters, buffers),
        _ => throw new InvalidOperationException($"No optimizer for {config.GetType().Name}."),
    };
}
