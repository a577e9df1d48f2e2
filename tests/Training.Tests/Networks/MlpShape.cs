using FashionSweep.Training.Models;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>What a multi-layer perceptron is made of.</summary>
internal sealed record MlpShape(int Inputs, IReadOnlyList<int> Hidden, int Classes, double Dropout)
{
    public ModelPlan Plan =>
        ModelPlan.Of([.. new ModelParts(Activation.Relu, Normalized: false, Dropout).Mlp(Hidden)], TensorShape.Vector(Inputs), Classes);
}
