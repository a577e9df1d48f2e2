using FashionSweep.Training.Layers;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>A layer's forward pass; libtorch knows the way back.</summary>
/// <param name="input">[images, channels, height, width], or [images, units].</param>
/// <param name="step">In training; null for what a trained model does.</param>
internal delegate Tensor TorchLayer(Tensor input, TrainingStep? step);

/// <summary>Binds a plan's layers to tensors and to libtorch's operations, one to one.</summary>
/// <param name="batchSize">What masks of dropout have room for.</param>
internal sealed class TorchLayers(TorchParameters parameters, TorchMemory memory, int batchSize)
{
    private int _dropouts;

    public TorchLayer Chain(IEnumerable<PlannedLayer> planned)
    {
        TorchLayer[] layers = [.. planned.Select(Bind)];
        return (input, step) =>
        {
            foreach (var layer in layers) input = layer(input, step);
            return input;
        };
    }

    private TorchLayer Bind(PlannedLayer planned) => planned.Spec switch
    {
        LayerSpec.Dense => Dense(planned),
        LayerSpec.Conv conv => Conv(planned, conv),
        LayerSpec.MaxPool pool => (input, _) => functional.max_pool2d(Images(input, planned), [pool.Size, pool.Size], [pool.Stride, pool.Stride]),
        LayerSpec.AveragePool pool => (input, _) => functional.avg_pool2d(Images(input, planned), [pool.Size, pool.Size], [pool.Stride, pool.Stride]),
        LayerSpec.GlobalAveragePool => (input, _) => Images(input, planned).mean([2L, 3L]),
        LayerSpec.BatchNorm => BatchNorm(planned),
        LayerSpec.Dropout dropout => Dropout(planned, dropout.Rate),
        LayerSpec.Flatten => (input, _) => Units(input),
        LayerSpec.Activate activate => Activate(activate.Activation),
        LayerSpec.Residual => Residual(planned),
        _ => throw new InvalidOperationException($"No layer for {planned.Spec}."),
    };

    private TorchLayer Dense(PlannedLayer planned)
    {
        var (weight, bias) = (parameters[planned.Tensors[0]], BiasOf(planned));
        return (input, _) => functional.linear(Units(input), weight, bias);
    }

    private TorchLayer Conv(PlannedLayer planned, LayerSpec.Conv conv)
    {
        var isEven = conv.Before == conv.Behind;
        var padding = isEven ? conv.Before : 0;
        var convolution = new TorchConvolution(parameters[planned.Tensors[0]], BiasOf(planned), [conv.Stride, conv.Stride], [padding, padding]);
        if (isEven) return (input, _) => convolution.Run(Images(input, planned));
        long[] uneven = [conv.Before, conv.Behind, conv.Before, conv.Behind];
        return (input, _) => convolution.Run(functional.pad(Images(input, planned), uneven));
    }

    private TorchLayer BatchNorm(PlannedLayer planned)
    {
        Tensor[] tensors = [.. planned.Tensors.Select(layout => parameters[layout])];
        var (weight, bias, mean, variance) = (tensors[0], tensors[1], tensors[2], tensors[3]);
        // A frozen one goes by the running statistics always.
        var learns = !planned.Frozen;
        return (input, step) => learns && step is not null
            ? TorchBatchNorm.Learn(input, weight, bias, mean, variance)
            : functional.batch_norm(input, mean, variance, weight, bias, training: false, eps: LayerSpec.BatchNorm.Epsilon);
    }

    // Masks are drawn as the native engine draws them: for a batch's padded matrix of [images · places, channels].
    private TorchLayer Dropout(PlannedLayer planned, double rate)
    {
        var (number, dropout, shape) = (_dropouts++, new Dropout(rate), planned.Input);
        var (flat, matrix) = memory.Allocate(Kernels.Matrix.PadRows(batchSize) * shape.Places, shape.Channels);
        var views = new Dictionary<long, Tensor>();
        return (input, step) =>
        {
            if (step is not { } place) return input;
            matrix.Fill(1);
            dropout.Apply(matrix, new RandomStream(place.Seed, Purpose.Dropout, number, place.Epoch, place.Number));
            if (!views.TryGetValue(input.shape[0], out var mask)) views[input.shape[0]] = mask = Mask(input.shape);
            return input * mask;
        };

        Tensor Mask(long[] sides)
        {
            long columns = matrix.Columns;
            return sides is [var images, var units]
                ? memory.View(flat, [images, units], [columns, 1])
                : memory.View(flat, sides, [shape.Places * columns, 1, shape.Width * columns, columns]);
        }
    }

    private static TorchLayer Activate(Activation activation) => activation switch
    {
        Activation.Identity => (input, _) => input,
        Activation.Relu => (input, _) => functional.relu(input),
        Activation.LeakyRelu => (input, _) => functional.leaky_relu(input, LayerSpec.Activate.Leak),
        Activation.Elu => (input, _) => functional.elu(input, 1),
        Activation.Gelu => (input, _) => functional.gelu(input),
        Activation.Silu => (input, _) => functional.silu(input),
        Activation.Sigmoid => (input, _) => input.sigmoid(),
        Activation.Tanh => (input, _) => input.tanh(),
        _ => throw new InvalidOperationException($"No operation for {activation}."),
    };

    private TorchLayer Residual(PlannedLayer planned)
    {
        var (body, shortcut) = (Chain(planned.Body), Chain(planned.Shortcut));
        return (input, step) =>
        {
            var images = Images(input, planned);
            return body(images, step) + shortcut(images, step);
        };
    }

    private Tensor? BiasOf(PlannedLayer planned) => planned.Tensors.Count > 1 ? parameters[planned.Tensors[1]] : null;

    private static Tensor Units(Tensor input) => input.dim() == 2 ? input : input.flatten(1);

    // A vector is an image of one place.
    private static Tensor Images(Tensor input, PlannedLayer planned) =>
        input.dim() == 4 ? input : input.reshape(-1, planned.Input.Channels, planned.Input.Height, planned.Input.Width);
}
