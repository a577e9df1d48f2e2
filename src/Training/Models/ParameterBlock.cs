using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>
/// All of a model's tensors in one block of memory and the gradients in another of the same layout, so that an optimizer is one pass: first what
/// it changes, behind that what stays or is kept as a running statistic.
/// </summary>
internal sealed unsafe class ParameterBlock
{
    private readonly List<ParameterTensor> _tensors;

    public ParameterBlock(ModelPlan plan, NativeBuffers buffers)
    {
        TensorLayout[] layouts = [.. plan.Tensors];
        Count = layouts.Sum(layout => layout.Room);
        Trainable = layouts.Where(layout => layout.Trained).Sum(layout => layout.Room);
        TrueCount = plan.ParameterCount;
        Weights = buffers.Allocate((nint)Count);
        Gradients = buffers.Allocate((nint)Trainable);
        var (trained, kept) = (0L, Trainable);
        _tensors = [.. layouts.Select(layout => layout.Trained ? Place(layout, ref trained) : Place(layout, ref kept))];
    }

    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    public float* Weights { get; }

    /// <summary>Of the trainable part.</summary>
    public float* Gradients { get; }

    /// <summary>Floats, padding included: a multiple of 16.</summary>
    public long Count { get; }

    /// <summary>How many of them, from the first on, an optimizer changes: a multiple of 16.</summary>
    public long Trainable { get; }

    /// <summary>Without padding and running statistics.</summary>
    public long TrueCount { get; }

    public ParameterTensor this[TensorLayout layout] => _tensors.First(tensor => ReferenceEquals(tensor.Layout, layout));

    /// <summary>All tensors by PyTorch's names and in its layout, without padding.</summary>
    public List<NamedTensor> Export() => [.. _tensors.Select(tensor => new NamedTensor(tensor.Layout.Name, tensor.Layout.Shape, tensor.Export()))];

    /// <summary>The reverse of <see cref="Export"/>, for a model of the same shape.</summary>
    public void Import(IReadOnlyList<NamedTensor> tensors)
    {
        var byName = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        foreach (var tensor in _tensors) tensor.Import(byName[tensor.Layout.Name]);
    }

    private ParameterTensor Place(TensorLayout layout, ref long offset)
    {
        var at = (nint)offset;
        offset += layout.Room;
        return new ParameterTensor(layout, Weights + at, layout.Trained ? Gradients + at : null);
    }
}

/// <summary>One tensor's part of the block.</summary>
internal sealed unsafe class ParameterTensor(TensorLayout layout, float* values, float* gradients)
{
    public TensorLayout Layout { get; } = layout;

    public Matrix Values { get; } = new(values, layout.Rows, layout.Columns);

    /// <summary>Null where nothing is learned.</summary>
    public Matrix? Gradient { get; } = gradients == null ? null : new(gradients, layout.Rows, layout.Columns);

    public float[] Export()
    {
        var to = new float[Layout.Count];
        foreach (var (row, index) in Layout.UsedRows)
        {
            var from = Values.Row(row);
            for (var output = 0; output < Layout.Outputs; output++) to[index + (output * Step)] = from[output];
        }
        return to;
    }

    public void Import(float[] from)
    {
        foreach (var (row, index) in Layout.UsedRows)
        {
            var to = Values.Row(row);
            for (var output = 0; output < Layout.Outputs; output++) to[output] = from[index + (output * Step)];
        }
    }

    // A vector's values follow each other, a weight's outputs are as far apart as each has inputs.
    private int Step => Layout.IsVector ? 1 : Layout.FanIn;
}
