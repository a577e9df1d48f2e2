using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Export;

/// <summary>A plan's layers as operations of ONNX, one to one but for activations that operator set 17 has no single one for.</summary>
internal sealed class OnnxLayers(OnnxGraph graph, IEnumerable<NamedTensor> weights)
{
    private readonly Dictionary<string, NamedTensor> _weights = weights.ToDictionary(tensor => tensor.Name);

    /// <param name="input">The name of values of [images, channels, height, width].</param>
    /// <returns>The name of what the last layer gives.</returns>
    public string Chain(IEnumerable<PlannedLayer> layers, string input) => layers.Aggregate(input, (values, layer) => Add(layer, values));

    private string Add(PlannedLayer layer, string input) => layer.Spec switch
    {
        LayerSpec.Dense => graph.Add("Gemm", [Vector(input, layer), .. Tensors(layer)], [new OnnxAttribute.Integer("transB", 1)]),
        LayerSpec.Conv conv => graph.Add("Conv", [input, .. Tensors(layer)], Window(conv)),
        LayerSpec.MaxPool pool => graph.Add("MaxPool", [input], Window(pool.Size, pool.Stride)),
        LayerSpec.AveragePool pool => graph.Add("AveragePool", [input], Window(pool.Size, pool.Stride)),
        LayerSpec.GlobalAveragePool => Flatten(graph.Add("GlobalAveragePool", [input])),
        LayerSpec.BatchNorm => graph.Add(
            "BatchNormalization", [input, .. Tensors(layer)], [new OnnxAttribute.Real("epsilon", (float)LayerSpec.BatchNorm.Epsilon)]),
        LayerSpec.Dropout => input,
        LayerSpec.Flatten => Flatten(input),
        LayerSpec.Activate activate => Activate(activate.Activation, input),
        LayerSpec.Residual => graph.Add("Add", [Chain(layer.Body, input), Chain(layer.Shortcut, input)]),
        _ => throw new InvalidOperationException($"No operation for {layer.Spec}."),
    };

    // What one place is left of is a vector to this product, with or without a flatten before it.
    private string Vector(string input, PlannedLayer layer) => layer.Input.IsVector ? Flatten(input) : input;

    private string Flatten(string input) => graph.Add("Flatten", [input]);

    private string Activate(Activation activation, string input) => activation switch
    {
        Activation.Identity => input,
        Activation.Relu => graph.Add("Relu", [input]),
        Activation.LeakyRelu => graph.Add("LeakyRelu", [input], [new OnnxAttribute.Real("alpha", (float)LayerSpec.Activate.Leak)]),
        Activation.Elu => graph.Add("Elu", [input], [new OnnxAttribute.Real("alpha", 1)]),
        Activation.Gelu => Gelu(input),
        Activation.Silu => graph.Add("Mul", [input, graph.Add("Sigmoid", [input])]),
        Activation.Sigmoid => graph.Add("Sigmoid", [input]),
        Activation.Tanh => graph.Add("Tanh", [input]),
        _ => throw new InvalidOperationException($"No operation for {activation}."),
    };

    // x Φ(x) = x (1 + erf(x / √2)) / 2; an operation of its own only since operator set 20.
    private string Gelu(string input)
    {
        var error = graph.Add("Erf", [graph.Add("Mul", [input, Number(1 / MathF.Sqrt(2))])]);
        var share = graph.Add("Mul", [graph.Add("Add", [error, Number(1)]), Number(0.5f)]);
        return graph.Add("Mul", [input, share]);
    }

    private string Number(float value) => graph.Add("Constant", [], [new OnnxAttribute.Real("value_float", value)]);

    private IEnumerable<string> Tensors(PlannedLayer layer) => layer.Tensors.Select(layout => _weights[layout.Name])
        .Select(tensor => graph.Constant(tensor.Name, tensor.Shape, tensor.Values));

    private static List<OnnxAttribute> Window(int size, int stride) =>
        [new OnnxAttribute.Integers("kernel_shape", size, size), new OnnxAttribute.Integers("strides", stride, stride)];

    private static List<OnnxAttribute> Window(LayerSpec.Conv conv) =>
        [.. Window(conv.Kernel, conv.Stride), new OnnxAttribute.Integers("pads", conv.Before, conv.Before, conv.Behind, conv.Behind)];
}
