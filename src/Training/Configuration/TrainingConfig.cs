using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training.Configuration;

/// <summary>A trial's hyperparameters by their types.</summary>
public sealed record TrainingConfig(
    ModelConfig Model, OptimizerConfig Optimizer, double GradientClip, ScheduleConfig Schedule, EarlyStoppingConfig? EarlyStopping, LossConfig Loss,
    AugmentationConfig Augmentation, int BatchSize, int Epochs, Normalization Normalization, double ValidationFraction, PrecisionChoice Precision,
    ulong Seed, ulong SplitSeed)
{
    /// <summary>Reads a set that <see cref="TrainerCatalog"/> has completed, be it that of an earlier release with fewer hyperparameters.</summary>
    /// <param name="own">The user's own model that it is of; null for one of the product's.</param>
    /// <exception cref="ConfigurationException">Something is missing, unknown or against its rule; names all such.</exception>
    public static TrainingConfig From(ParameterSet recorded, OwnModel? own = null)
    {
        if (own is null) OwnModelParameters.Refuse(recorded);
        var catalog = TrainerCatalog.Parameters.With(own);
        var complete = catalog.WithDefaults(recorded);
        var faults = catalog.Faults(complete).ToList();
        if (faults.Count > 0) throw new ConfigurationException(string.Join("; ", faults));
        return new TrainingConfig(
            ModelConfig.Of(complete),
            complete.ToOptimizer(),
            OptimizerParameters.GradientClip.In(complete),
            complete.ToSchedule(),
            complete.ToEarlyStopping(),
            complete.ToLoss(),
            complete.ToAugmentation(),
            DataParameters.BatchSize.In(complete),
            DataParameters.Epochs.In(complete),
            DataParameters.Normalization.In(complete),
            DataParameters.ValidationFraction.In(complete),
            DataParameters.Precision.In(complete),
            DataParameters.Seed.In(complete),
            DataParameters.SplitSeed.In(complete));
    }
}
