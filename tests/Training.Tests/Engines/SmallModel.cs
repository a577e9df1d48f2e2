using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Engines;

/// <summary>A model of any engine in memory of its own, with drawn weights and random images in its input.</summary>
internal sealed class SmallModel : IDisposable
{
    private readonly NativeBuffers _buffers = new();

    public SmallModel(IEngine engine, ModelPlan plan, int batchSize, LossConfig? loss = null)
    {
        Model = engine.Open(plan, loss ?? LossConfig.Default, batchSize, Precision.Fp32, _buffers);
        Model.Parameters.Import(FirstWeights.Draw(plan, Initialization.PyTorch, seed: 1));
        var numbers = new RandomStream(1, Purpose.Split);
        for (var row = 0; row < batchSize; row++)
            foreach (ref var value in Model.Input.Row(row)[..plan.Input.Count]) value = numbers.Symmetric(1);
        Labels = [.. Enumerable.Range(0, batchSize).Select(_ => (byte)numbers.Below((uint)plan.Output.Count))];
    }

    public IEngineModel Model { get; }

    public byte[] Labels { get; }

    /// <summary>The gradients by the names of the weights, and the running statistics, in PyTorch's order.</summary>
    public unsafe Dictionary<string, float[]> Gradients()
    {
        var parameters = Model.Parameters;
        Span<float> weights = new(parameters.Weights, (int)parameters.Trainable), gradients = new(parameters.Gradients, weights.Length);
        var kept = weights.ToArray();
        gradients.CopyTo(weights);
        var exported = parameters.Export().ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        kept.CopyTo(weights);
        return exported;
    }

    public Dictionary<string, float[]> Weights() => Model.Parameters.Export().ToDictionary(tensor => tensor.Name, tensor => tensor.Values);

    public string Sha256() => Safetensors.WeightsSha256(Model.Parameters.Export());

    public void Dispose()
    {
        Model.Dispose();
        _buffers.Dispose();
    }
}
