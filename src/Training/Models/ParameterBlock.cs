using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>
/// All weights of a model in one block and all gradients in another of the same layout, so that an optimizer is one pass.
/// Weights lie as [inputs, outputs], transposed to PyTorch's, so that outputs are contiguous for the vector units.
/// </summary>
internal sealed unsafe class ParameterBlock
{
    public ParameterBlock(IReadOnlyList<int> widths, NativeBuffers buffers)
    {
        var shapes = widths.Zip(widths.Skip(1), (inputs, outputs) => (Inputs: inputs, Outputs: outputs)).ToList();
        Count = shapes.Sum(shape => PaddedCount(shape.Inputs, shape.Outputs));
        TrueCount = shapes.Sum(shape => ((long)shape.Inputs + 1) * shape.Outputs);
        Weights = buffers.Allocate((nint)Count);
        Gradients = buffers.Allocate((nint)Count);
        nint offset = 0;
        foreach (var (inputs, outputs) in shapes)
        {
            Layers.Add(new DenseParameters(inputs, outputs, Weights + offset, Gradients + offset));
            offset += (nint)PaddedCount(inputs, outputs);
        }
    }

    public List<DenseParameters> Layers { get; } = [];

    public float* Weights { get; }

    public float* Gradients { get; }

    /// <summary>Floats in each block, padding included: a multiple of 16.</summary>
    public long Count { get; }

    /// <summary>Without padding.</summary>
    public long TrueCount { get; }

    /// <summary>All tensors by PyTorch's names and in its layout, without padding.</summary>
    public List<NamedTensor> Export() =>
    [
        .. Layers.Index().SelectMany(layer => new[]
        {
            new NamedTensor(WeightName(layer.Index), [layer.Item.Outputs, layer.Item.Inputs], layer.Item.ExportWeight()),
            new NamedTensor(BiasName(layer.Index), [layer.Item.Outputs], layer.Item.Bias.Row(0)[..layer.Item.Outputs].ToArray()),
        }),
    ];

    /// <summary>The reverse of <see cref="Export"/>, for a model of the same shape.</summary>
    public void Import(IReadOnlyList<NamedTensor> tensors)
    {
        var byName = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        foreach (var (number, layer) in Layers.Index())
        {
            layer.ImportWeight(byName[WeightName(number)]);
            byName[BiasName(number)].CopyTo(layer.Bias.Row(0));
        }
    }

    /// <summary>Room that one dense layer takes, its bias in a row of its own behind the weights.</summary>
    public static long PaddedCount(int inputs, int outputs) => (Matrix.PadColumns(inputs) + 1L) * Matrix.PadColumns(outputs);

    private static string WeightName(int layer) => $"layers.{layer}.weight";

    private static string BiasName(int layer) => $"layers.{layer}.bias";
}

/// <summary>Views of one dense layer's part of the block.</summary>
internal sealed unsafe class DenseParameters(int inputs, int outputs, float* weights, float* gradients)
{
    public int Inputs { get; } = inputs;

    public int Outputs { get; } = outputs;

    public Matrix Weight { get; } = new(weights, Matrix.PadColumns(inputs), Matrix.PadColumns(outputs));

    public Matrix Bias { get; } = new(weights + ((nint)Matrix.PadColumns(inputs) * Matrix.PadColumns(outputs)), 1, Matrix.PadColumns(outputs));

    public Matrix WeightGradient { get; } = new(gradients, Matrix.PadColumns(inputs), Matrix.PadColumns(outputs));

    public Matrix BiasGradient { get; } = new(gradients + ((nint)Matrix.PadColumns(inputs) * Matrix.PadColumns(outputs)), 1, Matrix.PadColumns(outputs));

    public float[] ExportWeight()
    {
        var values = new float[Outputs * Inputs];
        for (var input = 0; input < Inputs; input++)
            for (var output = 0; output < Outputs; output++) values[(output * Inputs) + input] = Weight.Row(input)[output];
        return values;
    }

    public void ImportWeight(float[] values)
    {
        for (var input = 0; input < Inputs; input++)
            for (var output = 0; output < Outputs; output++) Weight.Row(input)[output] = values[(output * Inputs) + input];
    }
}
