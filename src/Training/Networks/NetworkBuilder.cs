using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Networks;

/// <summary>
/// Binds a plan's layers to buffers and products. It leaves out and joins what costs time for nothing: ReLU runs inside the product before it, behind
/// a max pool instead of in front, since there are fewer values, and together with the dropout that follows.
/// </summary>
internal sealed class NetworkBuilder(ParameterBlock parameters, NativeBuffers buffers, IKernels kernels)
{
    private readonly List<LayerOutput> _outputs = [];
    private int _dropouts;
    private bool _inBlock;

    /// <summary>Of what was built, see <see cref="IEngineModel.Outputs"/>; a residual block is one layer.</summary>
    public IReadOnlyList<LayerOutput> Outputs => _outputs;

    public List<ILayer> Build(ModelPlan plan, Activations images)
    {
        if (plan.Input.IsVector || plan.Layers[0].Spec is LayerSpec.Flatten or LayerSpec.Conv) return Chain(plan.Layers, images, atImages: true);
        var widened = new WidenLayer(images, buffers);
        return [widened, .. Chain(plan.Layers, widened.Output, atImages: false)];
    }

    private List<ILayer> Chain(IReadOnlyList<PlannedLayer> planned, Activations input, bool atImages)
    {
        var layers = new List<ILayer>();
        for (var i = 0; i < planned.Count; i++)
        {
            var (current, next) = (planned[i], i + 1 < planned.Count ? planned[i + 1].Spec : null);
            var rectify = next is LayerSpec.Activate { Activation: Activation.Relu };
            switch (current.Spec)
            {
                case LayerSpec.Flatten when (atImages && i == 0) || input.Shape.IsVector:
                    input = input with { Shape = current.Output };
                    break;
                case LayerSpec.Activate { Activation: Activation.Identity }:
                    break;
                case LayerSpec.Activate { Activation: Activation.Relu }:
                    var fused = i > 0 && planned[i - 1].Spec is LayerSpec.Dense or LayerSpec.Conv;
                    if (next is LayerSpec.MaxPool) Add(planned[++i], Layer(planned[i], input, atImages: false, rectify: false));
                    var dropout = i + 1 < planned.Count && planned[i + 1].Spec is LayerSpec.Dropout following ? following : null;
                    if (dropout is not null) i++;
                    Add(current, new Rectifier(input, fused, dropout?.Rate ?? 0, dropout is null ? 0 : _dropouts++));
                    break;
                default:
                    Add(current, Layer(current, input, atImages && i == 0, rectify));
                    break;
            }
        }
        return layers;

        void Add(PlannedLayer planned, ILayer layer)
        {
            layers.Add(layer);
            input = layer.Output;
            if (!_inBlock) Note(planned, layer.Output);
        }
    }

    // Up to the next layer that learns, what is behind one is still its output, as long as it has its channels.
    private void Note(PlannedLayer planned, Activations output)
    {
        if (planned.Learns) _outputs.Add(new LayerOutput(planned.Name, output.Shape, output.Values));
        else if (_outputs.Count > 0 && _outputs[^1].Shape.Channels == output.Shape.Channels)
            _outputs[^1] = _outputs[^1] with { Shape = output.Shape, Values = output.Values };
    }

    private ILayer Layer(PlannedLayer planned, Activations input, bool atImages, bool rectify)
    {
        ParameterTensor[] tensors = [.. planned.Tensors.Select(layout => parameters[layout])];
        var bias = tensors.ElementAtOrDefault(1);
        return planned.Spec switch
        {
            LayerSpec.Dense => new DenseLayer(input, tensors[0], bias, rectify, buffers, kernels),
            LayerSpec.Conv when atImages => new ImageConvLayer(planned, input, tensors[0], bias, rectify, buffers, kernels),
            LayerSpec.Conv => new ConvLayer(planned, input, tensors[0], bias, rectify, buffers, kernels),
            LayerSpec.MaxPool pool => new MaxPoolLayer(planned, pool.Size, pool.Stride, input, buffers),
            LayerSpec.AveragePool pool => new AveragePoolLayer(planned, pool.Size, pool.Stride, input, buffers),
            LayerSpec.GlobalAveragePool => new AveragePoolLayer(planned, planned.Input.Height, stride: 1, input, buffers),
            LayerSpec.BatchNorm => new BatchNormLayer(input, tensors, buffers),
            LayerSpec.Dropout dropout => new DropoutLayer(input, dropout.Rate, _dropouts++),
            LayerSpec.Flatten => new FlattenLayer(input, buffers),
            LayerSpec.Activate activate => new ActivationLayer(activate.Activation, input, buffers),
            LayerSpec.Residual => Residual(planned, input),
            _ => throw new InvalidOperationException($"No layer for {planned.Spec}."),
        };
    }

    private ResidualLayer Residual(PlannedLayer planned, Activations input)
    {
        _inBlock = true;
        var body = Chain(planned.Body, input, atImages: false);
        var side = planned.Shortcut.Count == 0 ? input
            : input with { Gradient = input.Gradient is { } gradient ? buffers.Allocate(gradient.Rows, gradient.Columns) : null };
        var shortcut = planned.Shortcut.Count == 0 ? [] : Chain(planned.Shortcut, side, atImages: false);
        _inBlock = false;
        return new ResidualLayer(input, body, shortcut, side, buffers);
    }
}
