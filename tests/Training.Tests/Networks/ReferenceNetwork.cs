using FashionSweep.Training.Models;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>Any model's training loss in double precision, by the definitions and as simple as can be: what the engine's gradients are checked against.</summary>
/// <param name="tensors">By name, in PyTorch's layout.</param>
internal sealed class ReferenceNetwork(ModelPlan plan, IReadOnlyDictionary<string, double[]> tensors)
{
    /// <summary>Mean cross-entropy; images have channels first.</summary>
    public double Loss(double[][] images, ReadOnlySpan<byte> labels, bool training = true)
    {
        var logits = Run(plan.Layers, images, training);
        var loss = 0.0;
        for (var i = 0; i < logits.Length; i++) loss += Math.Log(logits[i].Sum(Math.Exp)) - logits[i][labels[i]];
        return loss / logits.Length;
    }

    private double[][] Run(IReadOnlyList<PlannedLayer> layers, double[][] images, bool training) =>
        layers.Aggregate(images, (values, layer) => Run(layer, values, training));

    private double[][] Run(PlannedLayer layer, double[][] images, bool training) => layer.Spec switch
    {
        LayerSpec.Dense dense => Each(images, image => Dense(dense, layer, image)),
        LayerSpec.Conv conv => Each(images, image => Conv(conv, layer, image)),
        LayerSpec.MaxPool pool => Each(images, image => Pool(layer, image, pool.Size, pool.Stride, window => window.Max())),
        LayerSpec.AveragePool pool => Each(images, image => Pool(layer, image, pool.Size, pool.Stride, window => window.Average())),
        LayerSpec.GlobalAveragePool => Each(images, image => Pool(layer, image, layer.Input.Height, 1, window => window.Average())),
        LayerSpec.Activate activate => Each(images, image => [.. image.Select(value => Activated(activate.Activation, value))]),
        LayerSpec.BatchNorm => BatchNorm(layer, images, training),
        LayerSpec.Residual => [.. Run(layer.Body, images, training).Zip(Run(layer.Shortcut, images, training), (body, side) => body.Zip(side, (one, other) => one + other).ToArray())],
        LayerSpec.Flatten => images,
        _ => throw new InvalidOperationException($"No reference for {layer.Spec}."),
    };

    private static double[][] Each(double[][] images, Func<double[], double[]> run) => [.. images.Select(run)];

    private double[] Dense(LayerSpec.Dense dense, PlannedLayer layer, double[] image)
    {
        var weight = tensors[layer.Tensors[0].Name];
        return [.. Enumerable.Range(0, dense.Units).Select(unit => Bias(layer, unit) + image.Select((value, i) => value * weight[(unit * image.Length) + i]).Sum())];
    }

    private double[] Conv(LayerSpec.Conv conv, PlannedLayer layer, double[] image)
    {
        var (input, output, kernel) = (layer.Input, layer.Output, conv.Kernel);
        var weight = tensors[layer.Tensors[0].Name];
        var before = conv.Padding == Padding.Same ? (kernel - 1) / 2 : 0;
        var result = new double[output.Count];
        for (var filter = 0; filter < output.Channels; filter++)
            for (var y = 0; y < output.Height; y++)
                for (var x = 0; x < output.Width; x++)
                {
                    var sum = Bias(layer, filter);
                    for (var channel = 0; channel < input.Channels; channel++)
                        for (var i = 0; i < kernel; i++)
                            for (var j = 0; j < kernel; j++)
                            {
                                var (row, column) = ((y * conv.Stride) + i - before, (x * conv.Stride) + j - before);
                                if (row < 0 || row >= input.Height || column < 0 || column >= input.Width) continue;
                                sum += image[(((channel * input.Height) + row) * input.Width) + column] * weight[(((((filter * input.Channels) + channel) * kernel) + i) * kernel) + j];
                            }
                    result[(((filter * output.Height) + y) * output.Width) + x] = sum;
                }
        return result;
    }

    private static double[] Pool(PlannedLayer layer, double[] image, int size, int stride, Func<IEnumerable<double>, double> combine)
    {
        var (input, height, width) = (layer.Input, layer.Output.Height, layer.Output.Width);
        return
        [
            .. from channel in Enumerable.Range(0, input.Channels)
               from y in Enumerable.Range(0, height)
               from x in Enumerable.Range(0, width)
               select combine(
                   from i in Enumerable.Range(0, size)
                   from j in Enumerable.Range(0, size)
                   select image[(((channel * input.Height) + (y * stride) + i) * input.Width) + (x * stride) + j]),
        ];
    }

    private double[][] BatchNorm(PlannedLayer layer, double[][] images, bool training)
    {
        var (weight, bias, mean, variance) = (Tensor(0), Tensor(1), Tensor(2), Tensor(3));
        var places = layer.Input.Places;
        var result = images.Select(image => new double[image.Length]).ToArray();
        for (var channel = 0; channel < layer.Input.Channels; channel++)
        {
            double[] all = [.. images.SelectMany(image => image.Skip(channel * places).Take(places))];
            var center = training ? all.Average() : mean[channel];
            var spread = training ? all.Average(value => (value - center) * (value - center)) : variance[channel];
            for (var image = 0; image < images.Length; image++)
                for (var place = channel * places; place < (channel + 1) * places; place++)
                    result[image][place] = ((images[image][place] - center) / Math.Sqrt(spread + 1e-5) * weight[channel]) + bias[channel];
        }
        return result;

        double[] Tensor(int number) => tensors[layer.Tensors[number].Name];
    }

    private static double Activated(Activation activation, double x) => activation switch
    {
        Activation.Identity => x,
        Activation.Relu => Math.Max(0, x),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Tanh => Math.Tanh(x),
        Activation.Silu => x / (1 + Math.Exp(-x)),
        Activation.Gelu => x * NormalBelow(x),
        _ => throw new InvalidOperationException($"No reference for {activation}."),
    };

    // The normal distribution function by its series around 0: exact to a double's last digits within a few deviations.
    private static double NormalBelow(double x)
    {
        var (term, sum) = (x, x);
        for (var i = 1; i < 200; i++) sum += term *= x * x / ((2 * i) + 1);
        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    private double Bias(PlannedLayer layer, int output) => layer.Tensors.Count > 1 ? tensors[layer.Tensors[1].Name][output] : 0;
}
