using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Networks;

/// <summary>Our own engine: the products of a kernel set, everything else managed code.</summary>
public sealed class NativeEngine(KernelSet kernels) : IEngine
{
    public string Name => EngineNames.Native;

    public string Description => kernels.Description;

    public Precision Resolve(PrecisionChoice choice, bool convolutional) => kernels.Resolve(choice, convolutional);

    IEngineModel IEngine.Open(ModelPlan plan, LossConfig loss, int batchSize, Precision precision, NativeBuffers buffers)
    {
        var opened = kernels.Open(precision);
        try
        {
            return new Network(plan, loss, batchSize, buffers, opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
