using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, in its form for small images.</summary>
public sealed class SmallResNet() : UserModel(
    "smallresnet",
    new OwnParameter("smallresnet_width", new ValueRule.WholeNumber(4, 128), 16, "filters of the first stage; each of the three has twice as many"),
    new OwnParameter("smallresnet_stride", new ValueRule.WholeNumber(1, 4), 1, "of the first convolution: 2 is a quarter of the work"),
    new OwnParameter("smallresnet_dropout", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "share of the pooled values that is dropped"))
{
    public override Module<Tensor, Tensor> Build(AskedParameters asked, long[] image, int classes)
    {
        var width = asked.Whole("smallresnet_width");
        return Sequential(
            Conv2d(image[0], width, 3, asked.Whole("smallresnet_stride"), padding: 1, bias: false), BatchNorm2d(width), ReLU(),
            new Block(width, width, 1), new Block(width, 2 * width, 2), new Block(2 * width, 4 * width, 2),
            AdaptiveAvgPool2d(1), Flatten(), Dropout(asked.Number("smallresnet_dropout")), Linear(4 * width, classes));
    }
}

internal sealed class Block : Module<Tensor, Tensor>
{
    private readonly Sequential _body;
    private readonly Module<Tensor, Tensor> _shortcut;

    public Block(int inputs, int outputs, int stride)
        : base("block")
    {
        _body = Sequential(
            Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(),
            Conv2d(outputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs));
        _shortcut = stride == 1 ? Identity() : Sequential(Conv2d(inputs, outputs, 1, stride, bias: false), BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => functional.relu(_body.forward(input) + _shortcut.forward(input));
}
