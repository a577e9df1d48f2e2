using FashionSweep.Training.Models;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>A model's tensors as libtorch sees them: views of one block of weights, whose gradients are views of another.</summary>
internal sealed unsafe class TorchParameters
{
    private readonly Dictionary<TensorLayout, Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    private readonly TorchMemory _memory;

    public TorchParameters(IReadOnlyList<TensorLayout> layouts, TorchMemory memory)
    {
        var flats = new List<Tensor>();
        _memory = memory;
        Block = new ParameterBlock(layouts, TensorStrides.PyTorch, count =>
        {
            var (flat, start) = memory.Allocate(count);
            flats.Add(flat);
            return start;
        });
        foreach (var tensor in Block.Tensors)
        {
            var view = View(tensor, flats[0]);
            if (tensor.Gradient is not null)
            {
                view.requires_grad = true;
                view.grad = View(tensor, flats[1]);
            }
            _tensors[tensor.Layout] = view;
        }
    }

    public ParameterBlock Block { get; }

    public Tensor this[TensorLayout layout] => _tensors[layout];

    /// <summary>A tensor's part of a run of floats that lie as the weights do.</summary>
    public Tensor View(ParameterTensor tensor, Tensor flat)
    {
        long[] shape = [.. tensor.Layout.Shape.Select(side => (long)side)];
        return _memory.View(flat, shape, StridesOf(shape), tensor.Values.Start - Block.Weights);
    }

    // As PyTorch has it: the last side's values are side by side.
    private static long[] StridesOf(long[] shape)
    {
        var strides = new long[shape.Length];
        for (var (side, stride) = (shape.Length - 1, 1L); side >= 0; stride *= shape[side--]) strides[side] = stride;
        return strides;
    }
}
