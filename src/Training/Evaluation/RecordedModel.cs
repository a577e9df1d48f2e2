using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
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
    /// <summary>The precision of its products here.</summary>
    /// <param name="recorded">The environment that it was trained and scored in.</param>
    internal Precision PrecisionOf(TrialEnvironment recorded, IEngine engine) =>
        // What was scored in float32 is scored so again, even where training would choose less by now.
        recorded.Precision == "fp32" ? Precision.Fp32 : engine.Resolve(Config.Precision, Config.Model.IsConvolutional);
}
