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

    /// <summary>Padded, in a trial's memory.</summary>
    public ParameterBlock(ModelPlan plan, NativeBuffers buffers)
        : this([.. plan.Tensors], TensorStrides.Padded, count => (nint)buffers.Allocate(count))
    {
    }

    /// <param name="allocate">Gives the address of so many floats, all 0: of the weights first, then of the gradients.</param>
    public ParameterBlock(IReadOnlyList<TensorLayout> layouts, Func<TensorLayout, TensorStrides> order, Func<nint, nint> allocate)
    {
        Count = layouts.Sum(layout => order(layout).Room);
        Trainable = layouts.Where(layout => layout.Trained).Sum(layout => order(layout).Room);
        TrueCount = layouts.Where(layout => layout.Learned).Sum(layout => layout.Count);
        Weights = (float*)allocate((nint)Count);
        Gradients = (float*)allocate((nint)Trainable);
        var (trained, kept) = (0L, Trainable);
        _tensors = [.. layouts.Select(layout => layout.Trained ? Place(layout, order(layout), ref trained) : Place(layout, order(layout), ref kept))];
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
    public void Import(IEnumerable<NamedTensor> tensors)
    {
        var missing = _tensors.ToDictionary(tensor => tensor.Layout.Name);
        foreach (var given in tensors)
            if (missing.Remove(given.Name, out var tensor)) tensor.Import(given.Values);
        if (missing.Count > 0) throw new InvalidOperationException($"There is no {missing.Keys.First()}.");
    }

    private ParameterTensor Place(TensorLayout layout, TensorStrides strides, ref long offset)
    {
        var at = (nint)offset;
        offset += strides.Room;
        return new ParameterTensor(layout, strides, Weights + at, layout.Trained ? Gradients + at : null);
    }
}

/// <summary>One tensor's part of the block.</summary>
internal sealed unsafe class ParameterTensor(TensorLayout layout, TensorStrides strides, float* values, float* gradients)
{
    public TensorLayout Layout { get; } = layout;

    public TensorStrides Strides { get; } = strides;

    /// <summary>Where the block is padded.</summary>
    public Matrix Values { get; } = new(values, layout.Rows, layout.Columns);

    /// <summary>Where the block is padded; null where nothing is learned.</summary>
    public Matrix? Gradient { get; } = gradients == null ? null : new(gradients, layout.Rows, layout.Columns);

    public float[] Export()
    {
        var to = new float[Layout.Count];
        foreach (var (index, offset) in Inputs)
        {
            var from = values + offset;
            for (var output = 0; output < Layout.Outputs; output++) to[index + (output * Layout.Step)] = from[output * Strides.Output];
        }
        return to;
    }

    public void Import(float[] from)
    {
        foreach (var (index, offset) in Inputs)
        {
            var to = values + offset;
            for (var output = 0; output < Layout.Outputs; output++) to[output * Strides.Output] = from[index + (output * Layout.Step)];
        }
    }

    // Where the first output's value of each input is, in PyTorch's order and in memory. A vector's are those of one input.
    private IEnumerable<(int Index, nint Offset)> Inputs
    {
        get
        {
            var (channels, places) = Layout.IsVector ? (1, 1) : (Layout.Channels, Layout.Places);
            for (var place = 0; place < places; place++)
                for (var channel = 0; channel < channels; channel++)
                    yield return ((channel * places) + place, (channel * Strides.Channel) + (place * Strides.Place));
        }
    }
}
