using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;
using static FashionSweep.Training.Configuration.ModelParameters;

namespace FashionSweep.Training.Configuration;

/// <summary>Sets of one model, however it is written down, and of one split are the same to this engine.</summary>
internal static class PlainWordings
{
    private const int TrainingImages = 60_000;

    // All that says what the layers are.
    private static readonly string[] OfLayers =
    [
        Model.Name, Hidden.Name, Depth.Name, Width.Name, ModelParameters.Layers.Name, Stages.Name, Blocks.Name, Filters.Name, BatchNorm.Name,
        ModelParameters.Activation.Name, Dropout.Name,
    ];

    public static PlainWording Wording { get; } = new([Hidden.Name, ModelParameters.Layers.Name, DataParameters.ValidationFraction.Name], Of);

    private static ParameterSet Of(ParameterSet complete)
    {
        if (OwnModelParameters.IsOwn(complete)) return complete;
        // Asked of sets that no trial starts from, too: this one breaks a rule across parameters.
        if (Model.In(complete) == "cnn" && !ModelParameters.Layers.IsIn(complete)) return complete;
        var layers = ModelConfig.Of(complete).Hidden
            .Where(layer => layer is not LayerSpec.Dropout { Rate: 0 }).Select(layer => (ParameterValue)layer.ToString());
        var held = DataSplit.HeldOut(TrainingImages, DataParameters.ValidationFraction.In(complete));
        return new ParameterSet(
        [
            .. complete.Where(pair => !OfLayers.Contains(pair.Key) && pair.Key != DataParameters.ValidationFraction.Name),
            new(Model.Name, new ParameterValue.List([.. layers])),
            new(DataParameters.ValidationFraction.Name, (long)held),
        ]);
    }
}
