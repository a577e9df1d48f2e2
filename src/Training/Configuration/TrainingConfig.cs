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
    ModelConfig Model, OptimizerConfig Optimizer, double GradientClip, ScheduleConfig Schedule, EarlyStoppingConfig? EarlyStopping, LossConfig Loss, AugmentationConfig Augmentation, int BatchSize, int Epochs, Normalization Normalization, double ValidationFraction, PrecisionChoice Precision, ulong Seed, ulong SplitSeed)
{
    /// <summary>Reads a set that <see cref="Hyperparameters.Complete"/> has filled, be it that of an earlier release with fewer hyperparameters.</summary>
    /// <exception cref="ConfigurationException">Something is missing, unknown or against its rule; names all such.</exception>
    public static TrainingConfig From(ParameterSet recorded)
    {
        var complete = Hyperparameters.WithDefaults(recorded);
        var faults = Faults(complete).ToList();
        if (faults.Count > 0) throw new ConfigurationException(string.Join("; ", faults));
        return new TrainingConfig(
            ModelConfig.Of(complete),
            complete.ToOptimizer(),
            complete.Number("gradient_clip"),
            complete.ToSchedule(),
            complete.ToEarlyStopping(),
            complete.ToLoss(),
            complete.ToAugmentation(),
            complete.Whole("batch_size"),
            complete.Whole("epochs"),
            Enum.Parse<Normalization>(complete.Text("normalization"), ignoreCase: true),
            complete.Number("validation_fraction"),
            Enum.Parse<PrecisionChoice>(complete.Text("precision"), ignoreCase: true),
            (ulong)complete.Long("seed"),
            (ulong)complete.Long("split_seed"));
    }

    private static IEnumerable<string> Faults(ParameterSet complete)
    {
        foreach (var (name, value) in complete)
        {
            if (Hyperparameters.Find(name) is not { } known) yield return $"{name} is no hyperparameter";
            else if (!known.Rule.Allows(value)) yield return $"{name} is {value}, must be {known.Rule.Wording}";
        }
        foreach (var known in Hyperparameters.All)
        {
            var wanted = known.Name is "layers" ? false
                : known.Name is "hidden" ? complete["depth"] is null
                : known.Name is "depth" or "width" ? complete["hidden"] is null
                : true;
            if (wanted && complete[known.Name] is null) yield return $"{known.Name} is missing";
        }
        foreach (var conflict in Hyperparameters.Conflicts(complete)) yield return conflict;
    }
}
