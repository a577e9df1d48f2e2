using FashionSweep.Shared.Trials;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>Puts layers in their places, one behind the other: shapes, names and tensors.</summary>
internal sealed class LayerPlanner
{
    private readonly Dictionary<string, int> _numbers = [];
    private int _learning;
    private bool _atImages = true;

    /// <exception cref="ConfigurationException">A layer does not fit what reaches it.</exception>
    public List<PlannedLayer> Place(IReadOnlyList<LayerSpec> layers, TensorShape input)
    {
        var placed = new List<PlannedLayer>();
        foreach (var (place, layer) in layers.Index())
        {
            // A batch norm's shift makes a bias before it useless.
            var biased = place + 1 == layers.Count || layers[place + 1] is not LayerSpec.BatchNorm;
            placed.Add(Place(layer, placed.LastOrDefault()?.Output ?? input, biased));
            _atImages = false;
        }
        return placed;
    }

    private PlannedLayer Place(LayerSpec layer, TensorShape input, bool biased) => layer switch
    {
        LayerSpec.Dense dense => Dense(dense, Name("dense"), input, biased),
        LayerSpec.Conv conv => Conv(conv, Name("conv"), input, biased),
        LayerSpec.MaxPool pool => Pool(pool, Name("max_pool"), input, pool.Size, pool.Stride),
        LayerSpec.AveragePool pool => Pool(pool, Name("average_pool"), input, pool.Size, pool.Stride),
        LayerSpec.GlobalAveragePool => new(Name("global_average_pool"), layer, input, TensorShape.Vector(input.Channels)),
        LayerSpec.BatchNorm => new(Name("batch_norm"), layer, input, input) { Tensors = Normalization(input.Channels) },
        LayerSpec.Dropout => new(Name("dropout"), layer, input, input),
        LayerSpec.Flatten => new(Name("flatten"), layer, input, TensorShape.Vector(input.Count)),
        LayerSpec.Activate activate => new(Name(EnumText.Of(activate.Activation)), layer, input, input),
        LayerSpec.Residual residual => Residual(residual, Name("residual"), input),
        _ => throw new InvalidOperationException($"No place for {layer}."),
    };

    private PlannedLayer Dense(LayerSpec.Dense dense, string name, TensorShape input, bool biased)
    {
        if (!input.IsVector) throw Misfit(name, input, "needs a vector: put flatten or global_average_pool before it");
        var weight = new TensorLayout(Learning("weight"), [dense.Units, input.Count], dense.Units, input.Count, Matrix.PadColumns(input.Count), Places: 1);
        return new(name, dense, input, TensorShape.Vector(dense.Units)) { Tensors = WithBias(weight, biased) };
    }

    private PlannedLayer Conv(LayerSpec.Conv conv, string name, TensorShape input, bool biased)
    {
        var padding = conv.Before + conv.Behind;
        var output = new TensorShape(
            conv.Filters,
            Windows(input.Height + padding, conv.Kernel, conv.Stride, name, input),
            Windows(input.Width + padding, conv.Kernel, conv.Stride, name, input));
        // The images' only channel lies without padding, every other layer's output with it.
        var stride = _atImages && input.Channels == 1 ? 1 : Matrix.PadColumns(input.Channels);
        var weight = new TensorLayout(
            Learning("weight"), [conv.Filters, input.Channels, conv.Kernel, conv.Kernel], conv.Filters, input.Channels, stride, conv.Kernel * conv.Kernel);
        return new(name, conv, input, output) { Tensors = WithBias(weight, biased) };
    }

    private static PlannedLayer Pool(LayerSpec pool, string name, TensorShape input, int size, int stride) =>
        new(name, pool, input,
            new TensorShape(input.Channels, Windows(input.Height, size, stride, name, input), Windows(input.Width, size, stride, name, input)));

    private PlannedLayer Residual(LayerSpec.Residual residual, string name, TensorShape input)
    {
        _atImages = false;
        var (body, shortcut) = (Place(residual.Body, input), Place(residual.Shortcut(input.Channels), input));
        return new(name, residual, input, body[^1].Output) { Body = body, Shortcut = shortcut };
    }

    private static int Windows(int size, int window, int stride, string name, TensorShape input) => window <= size
        ? ((size - window) / stride) + 1
        : throw Misfit(name, input, $"has a window of {window} x {window}, must be at most {size} x {size} here");

    private List<TensorLayout> WithBias(TensorLayout weight, bool biased)
    {
        List<TensorLayout> tensors = biased ? [weight, new TensorLayout(Learning("bias"), [weight.Outputs], weight.Outputs)] : [weight];
        _learning++;
        return tensors;
    }

    private List<TensorLayout> Normalization(int channels)
    {
        List<TensorLayout> tensors =
        [
            new(Learning("weight"), [channels], channels), new(Learning("bias"), [channels], channels),
            new(Learning("running_mean"), [channels], channels, Learned: false), new(Learning("running_var"), [channels], channels, Learned: false),
        ];
        _learning++;
        return tensors;
    }

    private string Learning(string tensor) => $"layers.{_learning}.{tensor}";

    private string Name(string kind) => $"{kind} {_numbers[kind] = _numbers.GetValueOrDefault(kind) + 1}";

    private static ConfigurationException Misfit(string layer, TensorShape input, string rule) => new($"{layer} gets {input} and {rule}");
}
