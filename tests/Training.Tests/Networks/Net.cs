using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>A model on its own kernels and memory, with random images in its input.</summary>
internal sealed class Net : IDisposable
{
    private readonly NativeBuffers _buffers = new();
    private readonly IKernels _kernels;

    public Net(KernelChoice choice, MlpShape shape, int batchSize, ulong seed = 1)
        : this(choice, shape.Plan, batchSize, seed)
    {
    }

    public Net(KernelChoice choice, ModelPlan plan, int batchSize, ulong seed = 1, Precision precision = Precision.Fp32, LossConfig? loss = null)
    {
        _kernels = KernelSet.Choose(choice).Open(precision);
        Model = new Network(plan, loss ?? LossConfig.Default, batchSize, _buffers, _kernels);
        Model.Parameters.Import(FirstWeights.Draw(plan, Initialization.PyTorch, seed));
        var numbers = new RandomStream(seed, Purpose.Split);
        for (var row = 0; row < batchSize; row++)
            foreach (ref var value in Model.Input.Row(row)[..plan.Input.Count]) value = numbers.Symmetric(1);
        Labels = [.. Enumerable.Range(0, batchSize).Select(_ => (byte)numbers.Below((uint)plan.Output.Count))];
    }

    public Network Model { get; }

    public byte[] Labels { get; }

    public NativeBuffers Buffers => _buffers;

    /// <summary>The gradients by the names and in the layout of the weights.</summary>
    public unsafe List<NamedTensor> Gradients()
    {
        var parameters = Model.Parameters;
        var weights = new Span<float>(parameters.Weights, (int)parameters.Trainable).ToArray();
        new Span<float>(parameters.Gradients, weights.Length).CopyTo(new Span<float>(parameters.Weights, weights.Length));
        var gradients = parameters.Export();
        weights.CopyTo(new Span<float>(parameters.Weights, weights.Length));
        return gradients;
    }

    public void Dispose()
    {
        _kernels.Dispose();
        _buffers.Dispose();
    }
}

internal static class NetworkExtensions
{
    public static (double Loss, int Correct) Learn(this Network network, ReadOnlySpan<byte> labels, TrainingStep step) =>
        network.Learn(new Targets(labels), step);
}
