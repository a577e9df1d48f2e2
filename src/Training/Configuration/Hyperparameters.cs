using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>Every hyperparameter of the trainer: the one list that sweep files are checked against and trials are completed from.</summary>
public static class Hyperparameters
{
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        new("model", new ValueRule.OneOf(["mlp", "cnn", "vgg", "resnet"]), "mlp", "kind of model; cnn takes its layers from the list of that name, and is the default where there is one"),
        new("hidden", new ValueRule.ListOf(new ValueRule.WholeNumber(1, 65536), 64), null, "units of each hidden dense layer of mlp and vgg, as [128, 64]; instead of depth and width"),
        new("depth", new ValueRule.WholeNumber(0, 64), 2L, "number of hidden dense layers; 0 makes an mlp a logistic regression"),
        new("width", new ValueRule.WholeNumber(1, 65536), 128L, "units of each hidden dense layer"),
        new("layers", new ValueRule.ListOf(new ValueRule.Layer(), 256), null, "hidden layers of a cnn, each a text such as conv 32 3x3"),
        new("stages", new ValueRule.WholeNumber(1, 5), 3L, "of vgg and resnet: parts that work at the same image size"),
        new("blocks", new ValueRule.WholeNumber(1, 32), 2L, "of vgg and resnet: convolutions or residual blocks in each stage"),
        new("filters", new ValueRule.WholeNumber(1, 1024), 16L, "of vgg and resnet: filters of the first stage; each further stage has twice as many"),
        new("batch_norm", new ValueRule.Boolean(), false, "normalise behind each convolution and dense layer of mlp and vgg; a resnet always does"),
        new("activation", new ValueRule.OneOf(ActivationNames.All), "relu", "of every hidden layer"),
        new("weight_init", new ValueRule.OneOf(["pytorch", "keras", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "normal"]), "pytorch", "how weights begin: by the defaults of PyTorch or Keras, or by a rule"),
        new("start_from", new ValueRule.CheckpointName(), "none", "first weights from a finished trial, such as quickstart/10, or a .safetensors file, of a model of the same layers"),
        new("freeze", new ValueRule.WholeNumber(0, 1000), 0L, "so many layers with weights, from the first on, keep what they start with"),
        new("dropout", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "share of the hidden dense units dropped in each training step; a cnn lists its own"),
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
        new("precision", new ValueRule.OneOf(["fp32", "bf16", "auto"]), "fp32", "what products read; auto, which new trials have, is bf16 on processors that gain by it"),
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
            ["model"] = chosen["layers"] is null ? "mlp" : "cnn",
            ["precision"] = "auto",
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
        if (complete["layers"] is not null != (complete["model"] is ParameterValue.Text { Value: "cnn" }))
            found.Add("layers lists the layers of model cnn: the one can't be given without the other");
        else if (complete.All(parameter => Find(parameter.Key)?.Rule.Allows(parameter.Value) ?? true) && Misfit(complete) is { } misfit)
            found.Add(misfit);
        return found;
    }

    private static string? Misfit(ParameterSet complete)
    {
        try
        {
            var learning = ModelPlan.Of(ModelConfig.Of(complete).Hidden, TrainingData.FashionMnistImage, TrainingData.Classes).Layers.Count(layer => layer.Learns);
            return complete["freeze"] is ParameterValue.Whole { Value: var frozen } && frozen >= learning
                ? $"freeze must leave the model something to learn: it has {learning} layers with weights"
                : null;
        }
        catch (ConfigurationException misfit)
        {
            return $"{(complete["layers"] is null ? "stages" : "layers")} must fit the images: {misfit.Message}";
        }
    }
}
