using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Training.Evaluation;

/// <summary>A completed trial's weights, and the configuration that says what they are the weights of.</summary>
/// <param name="Own">The user's own model that they are of, as that trial asks for it; null for one of the product's.</param>
public sealed record RecordedModel(TrainingConfig Config, IReadOnlyList<NamedTensor> Weights, AskedOwnModel? Own = null)
{
    /// <summary>Its layers, for the images of Fashion-MNIST; not to be had of an own model.</summary>
    public ModelPlan Plan => Config.Model.PlanFor(TrainingData.FashionMnistImage);

    /// <param name="plugin">The one that the trial is of; null where it is of one of the product's models.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged or holds other weights than the record says.</exception>
    /// <exception cref="ConfigurationException">The recorded parameters can't be run by this release.</exception>
    public static RecordedModel Read(TrialSpec spec, TrialResult recorded, CheckpointFolder checkpoints, LoadedPlugin? plugin = null)
    {
        var config = TrainingConfig.From(spec.Parameters, plugin?.Model);
        var weights = checkpoints.Read(recorded.Checkpoint).Tensors;
        if (Safetensors.WeightsSha256(weights) is var sha256 && sha256 == recorded.WeightsSha256)
            return new RecordedModel(config, weights, plugin is null ? null : new AskedOwnModel(plugin.Own, spec.Parameters));
        var path = checkpoints.PathOf(recorded.Checkpoint);
        throw new CheckpointException($"{path}: its weights have the SHA-256 {sha256}, those of {spec.Id} have {recorded.WeightsSha256}");
    }

    /// <summary>Opens it with its weights, for so many images at once.</summary>
    /// <exception cref="Shared.Faults.UserException">The engine can't do it here; says what.</exception>
    internal IEngineModel Open(IEngine engine, TensorShape image, int images, Precision precision, NativeBuffers buffers)
    {
        var model = Own is null
            ? engine.Open(Config.Model.PlanFor(image), Config.Loss, images, precision, buffers)
            : Own.Open(Config, image, images);
        model.Parameters.Import(Weights);
        return model;
    }

    /// <summary>The precision of its products here.</summary>
    /// <param name="recorded">The environment that it was trained and scored in.</param>
    internal Precision PrecisionOf(TrialEnvironment recorded, IEngine engine) =>
        // What was scored in float32 is scored so again, even where training would choose less by now.
        recorded.Precision == "fp32" ? Precision.Fp32 : engine.Resolve(Config.Precision, Config.Model.IsConvolutional);
}
