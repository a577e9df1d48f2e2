using FashionSweep.Training.Models;
using static FashionSweep.Training.Models.LayerSpec;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>Models of a moment with every kind of layer and activation, of four classes.</summary>
internal static class SmallNets
{
    private static readonly Dictionary<string, (TensorShape Input, LayerSpec[] Hidden)> All = new()
    {
        ["conv"] = (Image(6), [new Conv(3, 3), new Activate(Activation.Relu), new Flatten()]),
        ["conv same"] = (Image(5),
            [new Conv(3, 3, 1, Padding.Same), new Activate(Activation.Tanh), new Conv(5, 3, 1, Padding.Same), new Activate(Activation.Relu), new Flatten()]),
        ["even kernel same"] = (Image(5),
            [new Conv(3, 2, 1, Padding.Same), new Activate(Activation.Tanh), new Conv(4, 4, 1, Padding.Same), new Activate(Activation.Silu), new Flatten()]),
        ["strides"] = (Image(8),
            [new Conv(4, 3, 2, Padding.Same), new Activate(Activation.Silu), new Conv(18, 3, 2, Padding.Same), new Activate(Activation.Elu), new Flatten()]),
        ["stride that leaves pixels out"] = (Image(8),
            [new Conv(4, 1), new Activate(Activation.Tanh), new Conv(5, 3, 2), new Activate(Activation.Tanh), new Flatten()]),
        ["many channels"] = (Image(4),
        [
            new Conv(20, 3, 1, Padding.Same), new Activate(Activation.Tanh), new Conv(33, 3, 1, Padding.Same),
            new Activate(Activation.Tanh), new GlobalAveragePool(),
        ]),
        ["max pool"] = (Image(6),
            [new Conv(3, 3, 1, Padding.Same), new Activate(Activation.Relu), new MaxPool(2, 2), new Conv(4, 2), new Activate(Activation.Relu), new Flatten()]),
        ["overlapping pools"] = (Image(7),
            [new Conv(3, 3, 1, Padding.Same), new Activate(Activation.Tanh), new MaxPool(3, 2), new AveragePool(2, 1), new Flatten()]),
        ["pool that leaves pixels out"] = (Image(5), [new Conv(3, 1), new Activate(Activation.Tanh), new MaxPool(2, 2), new Flatten()]),
        ["average pool"] = (Image(6), [new Conv(3, 3, 1, Padding.Same), new Activate(Activation.Relu), new AveragePool(2, 2), new Flatten()]),
        ["pool first"] = (Image(6), [new MaxPool(2, 2), new Conv(3, 2), new Activate(Activation.Relu), new Flatten()]),
        ["dense batch norm"] = (TensorShape.Vector(7), [new Flatten(), new Dense(9), new BatchNorm(), new Activate(Activation.Relu)]),
        ["batch norm first"] = (Image(4), [new BatchNorm(), new Conv(3, 3), new Activate(Activation.Relu), new Flatten()]),
        ["conv batch norm"] = (Image(6),
        [
            new Conv(5, 3, 1, Padding.Same), new BatchNorm(), new Activate(Activation.Relu), new MaxPool(2, 2),
            new Conv(3, 2), new BatchNorm(), new Activate(Activation.Gelu), new Flatten(),
        ]),
        ["residual"] = (Image(4),
        [
            new Conv(3, 3, 1, Padding.Same), new Activate(Activation.Tanh), new Residual(3, 1, Activation.Tanh),
            new Activate(Activation.Relu), new GlobalAveragePool(),
        ]),
        ["residual projection"] = (Image(5),
        [
            new Conv(3, 3, 1, Padding.Same), new BatchNorm(), new Activate(Activation.Relu), new Residual(5, 2, Activation.Silu),
            new Activate(Activation.Relu), new Flatten(),
        ]),
        ["residual first"] = (Image(4), [new Residual(3, 1, Activation.Tanh), new Activate(Activation.Tanh), new GlobalAveragePool()]),
        ["leaky_relu"] = Activated(Activation.LeakyRelu),
        ["elu"] = Activated(Activation.Elu),
        ["gelu"] = Activated(Activation.Gelu),
        ["silu"] = Activated(Activation.Silu),
        ["sigmoid"] = Activated(Activation.Sigmoid),
        ["tanh"] = Activated(Activation.Tanh),
        ["identity"] = Activated(Activation.Identity),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static ModelPlan PlanOf(string name) => ModelPlan.Of(All[name].Hidden, All[name].Input, classes: 4);

    private static TensorShape Image(int side) => new(1, side, side);

    private static (TensorShape Input, LayerSpec[] Hidden) Activated(Activation activation) =>
        (Image(4), [new Conv(3, 3), new Activate(activation), new Flatten(), new Dense(5), new Activate(activation)]);
}
