using FashionSweep.Shared.Trials;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Configuration;

/// <summary>A trial's hyperparameters by their types.</summary>
public sealed record TrainingConfig(
    ModelConfig Model, OptimizerConfig Optimizer, int BatchSize, int Epochs, Normalization Normalization, double ValidationFraction, PrecisionChoice Precision, ulong Seed, ulong SplitSeed)
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
            OptimizerOf(complete),
            (int)Whole(complete, "batch_size"),
            (int)Whole(complete, "epochs"),
            Enum.Parse<Normalization>(((ParameterValue.Text)complete["normalization"]!).Value, ignoreCase: true),
            Number(complete, "validation_fraction"),
            Enum.Parse<PrecisionChoice>(((ParameterValue.Text)complete["precision"]!).Value, ignoreCase: true),
            (ulong)Whole(complete, "seed"),
            (ulong)Whole(complete, "split_seed"));
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

    private static OptimizerConfig OptimizerOf(ParameterSet complete)
    {
        var (rate, decay) = (Number(complete, "learning_rate"), Number(complete, "weight_decay"));
        return ((ParameterValue.Text)complete["optimizer"]!).Value switch
        {
            "sgd" => new OptimizerConfig.Sgd(rate, Number(complete, "momentum"), ((ParameterValue.Flag)complete["nesterov"]!).Value, decay),
            ("adam" or "adamw") and var name => new OptimizerConfig.Adam(
                rate, Number(complete, "beta1"), Number(complete, "beta2"), Number(complete, "epsilon"), decay, Decoupled: name == "adamw"),
            "rmsprop" => new OptimizerConfig.RmsProp(rate, Number(complete, "alpha"), Number(complete, "epsilon"), Number(complete, "momentum"), decay),
            var other => throw new InvalidOperationException($"No optimizer is called {other}."),
        };
    }

    private static long Whole(ParameterSet complete, string name) => ((ParameterValue.Whole)complete[name]!).Value;

    private static double Number(ParameterSet complete, string name) => complete[name] switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        var other => throw new InvalidOperationException($"{name} is {other}, no number."),
    };
}

/// <summary>What pixels of 0 to 255 are scaled to.</summary>
public enum Normalization
{
    None,

    /// <summary>0 to 1.</summary>
    Unit,

    /// <summary>A mean of 0 and a deviation of 1 over all training images.</summary>
    Standard,

    /// <summary>Each image to a Euclidean length of 1.</summary>
    L2,
}

public abstract record OptimizerConfig
{
    private OptimizerConfig()
    {
    }

    public sealed record Sgd(double LearningRate, double Momentum, bool Nesterov, double WeightDecay) : OptimizerConfig;

    /// <param name="Decoupled">Weight decay apart from the gradient: AdamW.</param>
    public sealed record Adam(double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled) : OptimizerConfig;

    public sealed record RmsProp(double LearningRate, double Alpha, double Epsilon, double Momentum, double WeightDecay) : OptimizerConfig;
}

/// <summary>A trial's parameters can't be run; the message says which and why.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
