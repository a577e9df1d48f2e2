using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>Every hyperparameter of the trainer: the one list that sweep files are checked against and trials are completed from.</summary>
public static class Hyperparameters
{
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        new("hidden", new ValueRule.ListOf(new ValueRule.WholeNumber(1, 65536), 64), null, "units of each hidden layer, as [128, 64]; instead of depth and width"),
        new("depth", new ValueRule.WholeNumber(0, 64), 2L, "number of hidden layers; 0 is logistic regression"),
        new("width", new ValueRule.WholeNumber(1, 65536), 128L, "units of each hidden layer"),
        new("dropout", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "share of the hidden units dropped in each training step"),
        new("optimizer", new ValueRule.OneOf(["sgd", "adam", "adamw", "rmsprop"]), "adam", "how gradients become steps"),
        new("learning_rate", new ValueRule.Number(0, double.PositiveInfinity, MinExcluded: true), null, "size of a step; 0.01 with sgd and 0.001 with the others unless given"),
        new("momentum", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "of sgd and rmsprop"),
        new("nesterov", new ValueRule.Boolean(), false, "look-ahead momentum of sgd; needs momentum above 0"),
        new("beta1", new ValueRule.Number(0, 1, MaxExcluded: true), 0.9, "decay of adam's and adamw's mean of the gradients"),
        new("beta2", new ValueRule.Number(0, 1, MaxExcluded: true), 0.999, "decay of adam's mean of their squares"),
        new("alpha", new ValueRule.Number(0, 1, MaxExcluded: true), 0.99, "decay of rmsprop's mean of their squares"),
        new("epsilon", new ValueRule.Number(0, double.PositiveInfinity, MinExcluded: true), 1e-8, "added to the denominator of adam, adamw and rmsprop"),
        new("weight_decay", new ValueRule.Number(0, double.PositiveInfinity), 0.0, "L2 penalty, added to the gradients as in PyTorch; with adamw the weights' own shrinking"),
        new("batch_size", new ValueRule.WholeNumber(1, 60000), 64L, "images in a training step"),
        new("epochs", new ValueRule.WholeNumber(1, 100000), 10L, "passes over the training images"),
        new("normalization", new ValueRule.OneOf(["none", "unit", "standard", "l2"]), "unit", "what pixels are scaled to: 0..255, 0..1, mean 0 and deviation 1, or each image to length 1"),
        new("validation_fraction", new ValueRule.Number(0, 0.9, MinExcluded: true), 0.1, "share of the 60,000 training images held out for validation"),
        new("seed", new ValueRule.WholeNumber(0, long.MaxValue), null, "of weights, batch order and dropout; the sweep's seed unless given"),
        new("split_seed", new ValueRule.WholeNumber(0, long.MaxValue), null, "of the training/validation split; the sweep's seed unless given"),
    ];

    private static readonly Dictionary<string, Hyperparameter> ByName = All.ToDictionary(parameter => parameter.Name);

    public static Hyperparameter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The chosen parameters with every other one at its default: a set that says all by itself.</summary>
    public static ParameterSet Complete(ParameterSet chosen, long sweepSeed)
    {
        var dependent = new Dictionary<string, ParameterValue>
        {
            ["learning_rate"] = chosen["optimizer"] is ParameterValue.Text { Value: "sgd" } ? 0.01 : 0.001,
            ["seed"] = sweepSeed,
            ["split_seed"] = sweepSeed,
        };
        return WithDefaults(new ParameterSet(dependent).With(chosen));
    }

    /// <summary>The given parameters, and the fixed defaults of those that are not given. A default never changes what trials did before it existed.</summary>
    public static ParameterSet WithDefaults(ParameterSet given)
    {
        var defaults = All.Where(parameter => parameter.Default is not null).ToDictionary(parameter => parameter.Name, parameter => parameter.Default!);
        if (given["hidden"] is not null)
        {
            defaults.Remove("depth");
            defaults.Remove("width");
        }
        return new ParameterSet(defaults).With(given);
    }

    /// <summary>The rules across parameters that a complete set breaks, each as one sentence; none where a trial can start.</summary>
    public static IReadOnlyList<string> Conflicts(ParameterSet complete)
    {
        var found = new List<string>();
        if (complete["hidden"] is not null && (complete["depth"] ?? complete["width"]) is not null)
            found.Add("hidden lists the units of each layer, so depth and width can't be given beside it");
        if (complete["nesterov"] is ParameterValue.Flag { Value: true } && complete["momentum"] is ParameterValue.Whole { Value: 0 } or ParameterValue.Real { Value: 0 })
            found.Add("nesterov needs momentum above 0");
        return found;
    }
}
