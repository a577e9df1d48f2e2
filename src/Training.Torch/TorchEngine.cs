using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using TorchSharp;

namespace FashionSweep.Training.Torch;

/// <summary>
/// libtorch's operations and its automatic derivatives, in float32. What is random comes from the product's own streams, never from libtorch.
/// </summary>
public sealed class TorchEngine : IEngine
{
    /// <exception cref="EngineException">libtorch can't be loaded here; says what is missing.</exception>
    public TorchEngine() => Description = LibTorch.Load();

    public string Name => EngineNames.TorchSharp;

    public string Description { get; }

    public Precision Resolve(PrecisionChoice choice, bool convolutional) => choice == PrecisionChoice.Bf16 ? Precision.Bf16 : Precision.Fp32;

    IEngineModel IEngine.Open(ModelPlan plan, LossConfig loss, int batchSize, Precision precision, NativeBuffers buffers)
    {
        if (precision != Precision.Fp32) throw new EngineException($"precision is bf16, must be fp32 or auto with engine {Name}");
        // A setting of the calling thread's OpenMP, too: each trial's thread needs it.
        torch.set_num_threads(1);
        return TorchModel.Of(plan, loss, batchSize);
    }
}
