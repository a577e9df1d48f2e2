using FashionSweep.Shared.Parameters;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>A small net with all that is difficult: running statistics, a counter, libtorch's own dropout, weights under two names, frozen ones.</summary>
public sealed class OwnNet() : UserModel(
    "ownnet",
    new OwnParameter("ownnet_width", new ValueRule.WholeNumber(1, 64), 6, "filters"),
    new OwnParameter("ownnet_drop", new ValueRule.Number(0, 1, MaxExcluded: true), 0.2, "share of the units that is dropped"))
{
    public override Module<Tensor, Tensor> Build(AskedParameters asked, long[] image, int classes) => new Net(asked, image, classes);

    private sealed class Net : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _body;
        private readonly Module<Tensor, Tensor> _again;
        private readonly Module<Tensor, Tensor> _head;

        public Net(AskedParameters asked, long[] image, int classes)
            : base("net")
        {
            var width = asked.Whole("ownnet_width");
            var even = Linear(width, width);
            even.weight!.requires_grad_(false);
            _body = Sequential(
                Conv2d(image[0], width, 3), BatchNorm2d(width), ReLU(), AdaptiveAvgPool2d(1), Flatten(), even,
                Dropout(asked.Number("ownnet_drop")));
            _again = _body;
            _head = Linear(width, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _head.forward(_again.forward(input));
    }
}

/// <summary>Does what it is told to.</summary>
public sealed class TwistedNet(Func<Module<Tensor, Tensor>> build) : UserModel("twisted")
{
    public override Module<Tensor, Tensor> Build(AskedParameters asked, long[] image, int classes) => build();
}

/// <summary>A module of one step.</summary>
public sealed class StepNet : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layer;
    private readonly Func<Tensor, Tensor> _then;

    public StepNet(long inputs, long outputs, Func<Tensor, Tensor> then, ScalarType kind = ScalarType.Float32)
        : base("step")
    {
        (_layer, _then) = (Linear(inputs, outputs, dtype: kind), then);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _then(_layer.forward(input.flatten(1)));
}

/// <summary>One layer, for what may stand beside it.</summary>
public abstract class LayerNet(params IReadOnlyList<OwnParameter> parameters) : UserModel("layernet", parameters)
{
    public override Module<Tensor, Tensor> Build(AskedParameters asked, long[] image, int classes) =>
        new StepNet(image[0] * image[1] * image[2], classes, logits => logits);
}

/// <summary>With nothing beside it.</summary>
public sealed class PlainNet() : LayerNet();

/// <summary>With a loss: the product's own, or what it is told.</summary>
public sealed class LossNet(Func<Tensor, Tensor, Tensor>? loss = null) : LayerNet
{
    public override Tensor Loss(AskedParameters asked, Tensor logits, Tensor targets) =>
        loss?.Invoke(logits, targets) ?? -(targets * functional.log_softmax(logits, 1)).sum(1).mean();
}

/// <summary>With an optimizer: gradient descent with momentum, as PyTorch has it.</summary>
public sealed class MomentumNet(Action? first = null) : LayerNet(
    new OwnParameter("layernet_momentum", new ValueRule.Number(0, 1, MaxExcluded: true), 0.9, "of its optimizer"))
{
    public override int OptimizerStates => 1;

    public override void Step(AskedParameters asked, OwnStep step, IReadOnlyList<OwnWeight> weights)
    {
        first?.Invoke();
        foreach (var weight in weights)
        {
            weight.States[0].mul_(asked.Number("layernet_momentum")).add_(weight.Gradient);
            weight.Value.sub_(weight.States[0] * step.Rate);
        }
    }
}

/// <summary>With an augmentation.</summary>
public sealed class NoisyNet(Func<Tensor, Tensor> augment) : LayerNet
{
    public override Tensor Augment(AskedParameters asked, Tensor images) => augment(images);
}
