using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>How gradients become steps; bound to one model's parameters, with its own state.</summary>
internal interface IOptimizer
{
    /// <summary>Changes every weight once by its gradient.</summary>
    void Step();
}

internal static class Optimizer
{
    public static IOptimizer Of(OptimizerConfig config, ParameterBlock parameters, NativeBuffers buffers) => config switch
    {
        OptimizerConfig.Sgd sgd => new Sgd(sgd, parameters, buffers),
        OptimizerConfig.Adam adam => new Adam(adam, parameters, buffers),
        OptimizerConfig.RmsProp rmsProp => new RmsProp(rmsProp, parameters, buffers),
        _ => throw new InvalidOperationException($"No optimizer for {config.GetType().Name}."),
    };
}
