using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
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
        new("layers", new ValueRule.ListOf(TextRules.Layer, 256), null, "hidden layers of a cnn, each a text such as conv 32 3x3"),
        new("stages", new ValueRule.WholeNumber(1, 5), 3L, "of vgg and resnet: parts that work at the same image size"),
        new("blocks", new ValueRule.WholeNumber(1, 32), 2L, "of vgg and resnet: convolutions or residual blocks in each stage"),
        new("filters", new ValueRule.WholeNumber(1, 1024), 16L, "of vgg and resnet: filters of the first stage; each further stage has twice as many"),
        new("batch_norm", new ValueRule.Boolean(), false, "normalise behind each convolution and dense layer of mlp and vgg; a resnet always does"),
        new("activation", new ValueRule.OneOf(ActivationNames.All), "relu", "of every hidden layer"),
        new("weight_init", new ValueRule.OneOf(["pytorch", "keras", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "normal"]), "pytorch", "how weights begin: by the defaults of PyTorch or Keras, or by a rule"),
        new("start_from", TextRules.CheckpointName, "none", "first weights from a finished trial, such as quickstart/10, or a .safetensors file, of a model of the same layers"),
        new("freeze", new ValueRule.WholeNumber(0, 1000), 0L, "so many layers with weights, from the first on, keep what they start with"),
        new("dropout", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "share of the hidden dense units dropped in each training step; a cnn lists its own"),
        new("optimizer", new ValueRule.OneOf(["sgd", "momentum", "nesterov", "adam", "adamw", "nadam", "rmsprop", "adagrad", "lion"]), "adam", "how gradients become steps; momentum and nesterov are sgd with momentum 0.9 unless given"),
        new("learning_rate", new ValueRule.Number(0, double.PositiveInfinity, MinExcluded: true), null, "size of a step; unless given 0.01 with sgd, momentum, nesterov and adagrad, 0.002 with nadam, 0.0001 with lion, 0.001 with the others"),
        new("momentum", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "of sgd and rmsprop; 0.9 unless given with momentum and nesterov"),
        new("nesterov", new ValueRule.Boolean(), false, "look-ahead momentum of sgd; needs momentum above 0; true with nesterov"),
        new("beta1", new ValueRule.Number(0, 1, MaxExcluded: true), 0.9, "decay of the mean of the gradients of adam, adamw, nadam and lion"),
        new("beta2", new ValueRule.Number(0, 1, MaxExcluded: true), 0.999, "decay of the mean of their squares of adam, adamw and nadam; of lion's mean, where it is 0.99 unless given"),
        new("alpha", new ValueRule.Number(0, 1, MaxExcluded: true), 0.99, "decay of rmsprop's mean of their squares"),
        new("epsilon", new ValueRule.Number(0, double.PositiveInfinity, MinExcluded: true), 1e-8, "added to the denominator of adam, adamw, nadam, rmsprop and adagrad, where it is 1e-10 unless given"),
        new("momentum_decay", new ValueRule.Number(0, 1), 0.004, "how slowly nadam's momentum warms up"),
        new("weight_decay", new ValueRule.Number(0, double.PositiveInfinity), 0.0, "L2 penalty, added to the gradients as in PyTorch; with adamw and lion the weights' own shrinking"),
        new("gradient_clip", new ValueRule.Number(0, double.PositiveInfinity), 0.0, "the gradients' greatest length all together; longer ones are scaled down, 0 lets them be"),
        new("schedule", new ValueRule.OneOf(["constant", "step", "exponential", "cosine", "one_cycle", "plateau"]), "constant", "how the learning rate moves during a trial"),
        new("warmup_epochs", new ValueRule.Number(0, 100000), 0.0, "the learning rate rises from near 0 for so many epochs, which need not be whole"),
        new("step_epochs", new ValueRule.WholeNumber(1, 100000), 10L, "of schedule step: epochs between two falls of the learning rate"),
        new("decay", new ValueRule.Number(0, 1, MinExcluded: true), 0.1, "of schedule step and plateau: what the learning rate is multiplied by at a fall; of exponential: in each epoch, there 0.95 unless given"),
        new("min_learning_rate", new ValueRule.Number(0, double.PositiveInfinity), 0.0, "of schedule cosine: where the learning rate ends"),
        new("plateau_patience", new ValueRule.WholeNumber(0, 100000), 3L, "of schedule plateau: so many epochs may be no better before the learning rate falls"),
        new("early_stopping", new ValueRule.OneOf(["none", "validation_accuracy", "validation_loss", "train_accuracy", "train_loss"]), "none", "the metric that ends a trial when it gets no better"),
        new("patience", new ValueRule.WholeNumber(0, 100000), 5L, "of early_stopping: so many epochs in a row may be no better"),
        new("min_delta", new ValueRule.Number(0, double.PositiveInfinity), 0.0, "of early_stopping: what an epoch must gain to be better"),
        new("loss", new ValueRule.OneOf(["cross_entropy", "mean_squared_error"]), "cross_entropy", "what training makes smaller, both of the softmax's probabilities"),
        new("label_smoothing", new ValueRule.Number(0, 1, MaxExcluded: true), 0.0, "share of each target that is spread over all classes while training"),
        new("flip", new ValueRule.Number(0, 1), 0.0, "probability that a training image is flipped left to right"),
        new("shift", new ValueRule.WholeNumber(0, 14), 0L, "a training image is moved by up to so many pixels each way"),
        new("rotation", new ValueRule.Number(0, 180), 0.0, "a training image is turned by up to so many degrees each way"),
        new("erasing", new ValueRule.Number(0, 1), 0.0, "probability that a rectangle of a training image is filled with random pixels"),
        new("mixup", new ValueRule.Number(0, 100), 0.0, "training images are mixed in pairs; the greater the more evenly, 0 is off"),
        new("batch_size", new ValueRule.WholeNumber(1, 60000), 64L, "images in a training step"),
        new("epochs", new ValueRule.WholeNumber(1, 100000), 10L, "passes over the training images"),
        new("normalization", new ValueRule.OneOf(["none", "unit", "standard", "l2"]), "unit", "what pixels are scaled to: 0..255, 0..1, mean 0 and deviation 1, or each image to length 1"),
        new("validation_fraction", new ValueRule.Number(0, 0.9, MinExcluded: true), 0.1, "share of the 60,000 training images held out for validation"),
        new("precision", new ValueRule.OneOf(["fp32", "bf16", "auto"]), "fp32", "what products read; auto, which new trials have, is bf16 on processors that gain by it"),
        new("seed", new ValueRule.WholeNumber(0, long.MaxValue), null, "of weights, batch order and dropout; the sweep's seed unless given"),
        new("split_seed", new ValueRule.WholeNumber(0, long.MaxValue), null, "of the training/validation split; the sweep's seed unless given"),
    ];

    private static readonly ParameterSet Defaults = new(All.Where(parameter => parameter.Default is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Default!)));

    private static readonly ParameterSet DefaultsBesideHidden = new(Defaults.Where(parameter => parameter.Key is not ("depth" or "width")));

    private static readonly Dictionary<string, Hyperparameter> ByName = All.ToDictionary(parameter => parameter.Name);

    public static Hyperparameter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The chosen parameters with every other one at its default: a set that says all by itself.</summary>
    public static ParameterSet Complete(ParameterSet chosen, long sweepSeed)
    {
        var optimizer = chosen["optimizer"]?.ToString();
        var dependent = new Dictionary<string, ParameterValue>
        {
            ["learning_rate"] = optimizer switch { "sgd" or "momentum" or "nesterov" or "adagrad" => 0.01, "nadam" => 0.002, "lion" => 0.0001, _ => 0.001 },
            ["momentum"] = optimizer is "momentum" or "nesterov" ? 0.9 : 0.0,
            ["nesterov"] = optimizer == "nesterov",
            ["beta2"] = optimizer == "lion" ? 0.99 : 0.999,
            ["epsilon"] = optimizer == "adagrad" ? 1e-10 : 1e-8,
            ["decay"] = chosen["schedule"]?.ToString() == "exponential" ? 0.95 : 0.1,
            ["model"] = chosen["layers"] is null ? "mlp" : "cnn",
            ["precision"] = "auto",
            ["seed"] = sweepSeed,
            ["split_seed"] = sweepSeed,
        };
        return WithDefaults(new ParameterSet(dependent).With(chosen));
    }

    /// <summary>The given parameters, and the fixed defaults of those that are not given. A default never changes what trials did before it existed.</summary>
    public static ParameterSet WithDefaults(ParameterSet given) => (given["hidden"] is null ? Defaults : DefaultsBesideHidden).With(given);

    /// <summary>The rules across parameters that a complete set breaks, each as one sentence; none where a trial can start.</summary>
    public static IReadOnlyList<string> Conflicts(ParameterSet complete)
    {
        var found = new List<string>();
        if (complete["hidden"] is not null && (complete["depth"] ?? complete["width"]) is not null)
            found.Add("hidden lists the units of each layer, so depth and width can't be given beside it");
        if (complete["nesterov"] is ParameterValue.Flag { Value: true } && complete["momentum"] is ParameterValue.Whole { Value: 0 } or ParameterValue.Real { Value: 0 })
            found.Add("nesterov needs momentum above 0");
        if (complete["optimizer"] is ParameterValue.Text { Value: "nesterov" } && complete["nesterov"] is ParameterValue.Flag { Value: false })
            found.Add("optimizer nesterov is sgd with nesterov, which can't be false beside it");
        if (complete["schedule"] is ParameterValue.Text { Value: "one_cycle" } && complete["warmup_epochs"] is not (ParameterValue.Whole { Value: 0 } or ParameterValue.Real { Value: 0 }))
            found.Add("schedule one_cycle warms up by itself, so warmup_epochs must be 0 with it");
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
            var learning = ModelConfig.PlanOf(complete).Layers.Count(layer => layer.Learns);
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
