using static FashionSweep.Training.Models.LayerSpec;

namespace FashionSweep.Training.Models;

/// <summary>Builds the hidden layers of the named models; each convolution and dense layer gets the activation, behind its batch norm if it has one.</summary>
internal sealed record ModelParts(Activation Activation, bool Normalized, double Dropout)
{
    public IEnumerable<LayerSpec> Mlp(IEnumerable<int> hidden) => [new Flatten(), .. Head(hidden)];

    /// <summary>The listed layers with the activation behind each convolution and dense layer.</summary>
    public IEnumerable<LayerSpec> Listed(IEnumerable<LayerSpec> layers)
    {
        LayerSpec? before = null;
        foreach (var layer in layers)
        {
            if (before is Conv or Dense && layer is not BatchNorm) yield return new Activate(Activation);
            yield return layer is Residual residual ? residual with { Activation = Activation } : layer;
            if (layer is Residual || (before is Conv or Dense && layer is BatchNorm)) yield return new Activate(Activation);
            before = layer;
        }
        if (before is Conv or Dense) yield return new Activate(Activation);
    }

    /// <summary>
    /// Stages of 3×3 convolutions with a pool of 2 behind each, the filters doubling, then dense layers: Simonyan, Zisserman, "Very Deep Convolutional
    /// Networks for Large-Scale Image Recognition", ICLR 2015, for small images.
    /// </summary>
    public IEnumerable<LayerSpec> Vgg(int stages, int blocks, int filters, IEnumerable<int> hidden)
    {
        var stage = 0;
        var layers = new List<LayerSpec>();
        for (; stage < stages; stage++)
        {
            for (var block = 0; block < blocks; block++) layers.AddRange(Normalize(new Conv(Doubled(filters, stage), 3, 1, Padding.Same)));
            layers.Add(new MaxPool(2, 2));
        }
        return [.. layers, new Flatten(), .. Head(hidden)];
    }

    /// <summary>
    /// A 3×3 convolution, then stages of residual blocks, each but the first halving the image and doubling the filters, then the mean of each channel:
    /// the CIFAR form of He et al., CVPR 2016, section 4.2.
    /// </summary>
    public IEnumerable<LayerSpec> ResNet(int stages, int blocks, int filters)
    {
        var layers = new List<LayerSpec> { new Conv(filters, 3, 1, Padding.Same), new BatchNorm(), new Activate(Activation) };
        for (var stage = 0; stage < stages; stage++)
            for (var block = 0; block < blocks; block++)
            {
                layers.Add(new Residual(Doubled(filters, stage), stage > 0 && block == 0 ? 2 : 1, Activation));
                layers.Add(new Activate(Activation));
            }
        layers.Add(new GlobalAveragePool());
        if (Dropout > 0) layers.Add(new LayerSpec.Dropout(Dropout));
        return layers;
    }

    private IEnumerable<LayerSpec> Head(IEnumerable<int> hidden) =>
        hidden.SelectMany(units => Normalize(new Dense(units)).Concat(Dropout > 0 ? [new LayerSpec.Dropout(Dropout)] : []));

    private IEnumerable<LayerSpec> Normalize(LayerSpec layer) =>
        Normalized ? [layer, new BatchNorm(), new Activate(Activation)] : [layer, new Activate(Activation)];

    // Stays within the catalogue's bound whatever the stage.
    private static int Doubled(int filters, int stage) => (int)Math.Min((long)filters << stage, 65536);
}
