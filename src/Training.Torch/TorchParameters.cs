using FashionSweep.Training.Models;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>A plan's tensors as libtorch sees them: views of one block of weights, whose gradients are views of another.</summary>
internal sealed unsafe class TorchParameters
{
    private readonly Dictionary<TensorLayout, Tensor> _tensors = new(ReferenceEqualityComparer.Instance);

    public TorchParameters(ModelPlan plan, TorchMemory memory)
    {
        var flats = new List<Tensor>();
        Block = new ParameterBlock(plan, TensorStrides.PyTorch, count =>
        {
            var (flat, start) = memory.Allocate(count);
            flats.Add(flat);
            return start;
        });
        foreach (var tensor in Block.Tensors)
        {
            var view = View(tensor, flats[0], tensor.Values.Start - Block.Weights);
            if (tensor.Gradient is { } gradient)
            {
                view.requires_grad = true;
                view.grad = View(tensor, flats[1], gradient.Start - Block.Gradients);
            }
            _tensors[tensor.Layout] = view;
        }

        Tensor View(ParameterTensor tensor, Tensor flat, long offset) =>
            memory.View(flat, [.. tensor.Layout.Shape.Select(side => (long)side)], StridesOf(tensor), offset);
    }

    public ParameterBlock Block { get; }

    public Tensor this[TensorLayout layout] => _tensors[layout];

    // A kernel's places lie row by row.
    private static long[] StridesOf(ParameterTensor tensor) => (tensor.Layout.Shape.Count, tensor.Strides) switch
    {
        (1, var strides) => [strides.Output],
        (2, var strides) => [strides.Output, strides.Channel],
        (4, var strides) => [strides.Output, strides.Channel, strides.Place * tensor.Layout.Shape[3], strides.Place],
        _ => throw new InvalidOperationException($"{tensor.Layout.Name} has {tensor.Layout.Shape.Count} sides."),
    };
}
