using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>A model by its hidden layers, activations included, and how its weights begin.</summary>
/// <param name="Hidden">None of a user's own model, which makes its layers itself.</param>
/// <param name="StartFrom">The checkpoint that they begin as instead; null for none.</param>
/// <param name="Freeze">So many layers with weights, from the first on, stay as they begin.</param>
public sealed record ModelConfig(IReadOnlyList<LayerSpec> Hidden, Initialization Initialization, string? StartFrom, int Freeze)
{
    /// <summary>The model of a complete set, for the images of Fashion-MNIST.</summary>
    /// <exception cref="ConfigurationException">It does not fit them.</exception>
    public static ModelPlan PlanOf(ParameterSet complete)
    {
        OwnModelParameters.Refuse(complete);
        return Of(complete).PlanFor(TrainingData.FashionMnistImage);
    }

    /// <summary>The model for images of another size.</summary>
    /// <exception cref="ConfigurationException">It does not fit them.</exception>
    public ModelPlan PlanFor(TensorShape image) => ModelPlan.Of(Hidden, image, TrainingData.Classes).Freeze(Freeze);

    public bool IsConvolutional => Hidden.Any(layer => layer is LayerSpec.Conv or LayerSpec.Residual);

    /// <exception cref="ConfigurationException">A layer's line is no layer.</exception>
    public static ModelConfig Of(ParameterSet complete) =>
        Of(complete, OwnModelParameters.IsOwn(complete) ? [] : [.. HiddenOf(complete)]);

    private static IEnumerable<LayerSpec> HiddenOf(ParameterSet complete)
    {
        var parts = new ModelParts(ModelParameters.Activation.In(complete), ModelParameters.BatchNorm.In(complete), ModelParameters.Dropout.In(complete));
        var (stages, blocks, filters) = (ModelParameters.Stages.In(complete), ModelParameters.Blocks.In(complete), ModelParameters.Filters.In(complete));
        return ModelParameters.Model.In(complete) switch
        {
            "mlp" => parts.Mlp(HiddenUnits(complete)),
            "cnn" => parts.Listed(ModelParameters.Layers.In(complete).Select(SpecOf)),
            "vgg" => parts.Vgg(stages, blocks, filters, HiddenUnits(complete)),
            "resnet" => parts.ResNet(stages, blocks, filters),
            var other => throw new InvalidOperationException($"No model is called {other}."),
        };
    }

    private static ModelConfig Of(ParameterSet complete, IReadOnlyList<LayerSpec> hidden) => new(
        hidden,
        ModelParameters.WeightInit.In(complete),
        ModelParameters.StartFrom.In(complete) is var start && start == "none" ? null : start,
        ModelParameters.Freeze.In(complete));

    private static LayerSpec SpecOf(string line) => LayerSyntax.Parse(line, out var fault) ?? throw new ConfigurationException(fault);

    private static IReadOnlyList<int> HiddenUnits(ParameterSet complete) => ModelParameters.Hidden.IsIn(complete)
        ? ModelParameters.Hidden.In(complete)
        : [.. Enumerable.Repeat(ModelParameters.Width.In(complete), ModelParameters.Depth.In(complete))];
}
