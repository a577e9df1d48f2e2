using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Evaluation;

/// <summary>A completed trial's weights, and the configuration that says what they are the weights of.</summary>
public sealed record RecordedModel(TrainingConfig Config, IReadOnlyList<NamedTensor> Weights)
{
    /// <summary>Its layers, for the images of Fashion-MNIST.</summary>
    public ModelPlan Plan => Config.Model.PlanFor(TrainingData.FashionMnistImage);

    /// <exception cref="CheckpointException">The checkpoint is damaged or holds other weights than the record says.</exception>
    /// <exception cref="ConfigurationException">The recorded parameters can't be run by this release.</exception>
    public static RecordedModel Read(TrialSpec spec, TrialResult recorded, CheckpointFolder checkpoints)
    {
        var config = TrainingConfig.From(spec.Parameters);
        var weights = checkpoints.Read(recorded.Checkpoint).Tensors;
        if (Safetensors.WeightsSha256(weights) is var sha256 && sha256 == recorded.WeightsSha256) return new RecordedModel(config, weights);
        var path = checkpoints.PathOf(recorded.Checkpoint);
        throw new CheckpointException($"{path}: its weights have the SHA-256 {sha256}, those of {spec.Id} have {recorded.WeightsSha256}");
    }
}
