using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Configuration;

/// <summary>A model by its hidden layers, activations included, and how its weights begin.</summary>
/// <param name="StartFrom">The checkpoint that they begin as instead; null for none.</param>
/// <param name="Freeze">So many layers with weights, from the first on, stay as they begin.</param>
public sealed record ModelConfig(IReadOnlyList<LayerSpec> Hidden, Initialization Initialization, string? StartFrom, int Freeze)
{
    /// <summary>The model of a complete set, for the images of Fashion-MNIST.</summary>
    /// <exception cref="ConfigurationException">It does not fit them.</exception>
    public static ModelPlan PlanOf(ParameterSet complete)
    {
        var config = Of(complete);
        return ModelPlan.Of(config.Hidden, TrainingData.FashionMnistImage, TrainingData.Classes).Freeze(config.Freeze);
    }

    public bool IsConvolutional => Hidden.Any(layer => layer is LayerSpec.Conv or LayerSpec.Residual);

    /// <exception cref="ConfigurationException">A layer's line is no layer.</exception>
    public static ModelConfig Of(ParameterSet complete)
    {
        var parts = new ModelParts(
            ActivationNames.Parse(complete.Text("activation")), complete.Flag("batch_norm"), complete.Number("dropout"));
        int stages = complete.Whole("stages"), blocks = complete.Whole("blocks"), filters = complete.Whole("filters");
        var hidden = complete.Text("model") switch
        {
            "mlp" => parts.Mlp(HiddenUnits(complete)),
            "cnn" => parts.Listed(Layers(complete)),
            "vgg" => parts.Vgg(stages, blocks, filters, HiddenUnits(complete)),
            "resnet" => parts.ResNet(stages, blocks, filters),
            var other => throw new InvalidOperationException($"No model is called {other}."),
        };
        return new ModelConfig(
            [.. hidden],
            Enum.Parse<Initialization>(complete.Text("weight_init").Replace("_", ""), ignoreCase: true),
            complete.Text("start_from") is var start && start == "none" ? null : start,
            complete.Whole("freeze"));
    }

    private static IEnumerable<LayerSpec> Layers(ParameterSet complete) =>
        ((ParameterValue.List)complete["layers"]!).Items.Select(item => LayerSyntax.Parse(item.ToString()!, out var fault) ?? throw new ConfigurationException(fault));

    private static IReadOnlyList<int> HiddenUnits(ParameterSet complete) => complete["hidden"] is ParameterValue.List list
        ? [.. list.Items.Select(item => (int)((ParameterValue.Whole)item).Value)]
        : [.. Enumerable.Repeat(complete.Whole("width"), complete.Whole("depth"))];
}
