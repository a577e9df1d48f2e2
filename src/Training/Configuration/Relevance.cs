using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>Which hyperparameters do anything beside the others of their set: a trial of sgd has no beta1.</summary>
public static class Relevance
{
    private static readonly Dictionary<string, (string Of, string[] Values)> Conditions = new()
    {
        ["hidden"] = ("model", ["mlp", "vgg"]),
        ["depth"] = ("model", ["mlp", "vgg"]),
        ["width"] = ("model", ["mlp", "vgg"]),
        ["layers"] = ("model", ["cnn"]),
        ["stages"] = ("model", ["vgg", "resnet"]),
        ["blocks"] = ("model", ["vgg", "resnet"]),
        ["filters"] = ("model", ["vgg", "resnet"]),
        ["batch_norm"] = ("model", ["mlp", "vgg"]),
        ["dropout"] = ("model", ["mlp", "vgg", "resnet"]),
        ["momentum"] = ("optimizer", ["sgd", "momentum", "nesterov", "rmsprop"]),
        ["nesterov"] = ("optimizer", ["sgd", "momentum", "nesterov"]),
        ["beta1"] = ("optimizer", ["adam", "adamw", "nadam", "lion"]),
        ["beta2"] = ("optimizer", ["adam", "adamw", "nadam", "lion"]),
        ["alpha"] = ("optimizer", ["rmsprop"]),
        ["epsilon"] = ("optimizer", ["adam", "adamw", "nadam", "rmsprop", "adagrad"]),
        ["momentum_decay"] = ("optimizer", ["nadam"]),
        ["step_epochs"] = ("schedule", ["step"]),
        ["decay"] = ("schedule", ["step", "exponential", "plateau"]),
        ["min_learning_rate"] = ("schedule", ["cosine"]),
        ["plateau_patience"] = ("schedule", ["plateau"]),
        ["patience"] = ("early_stopping", ["validation_accuracy", "validation_loss", "train_accuracy", "train_loss"]),
        ["min_delta"] = ("early_stopping", ["validation_accuracy", "validation_loss", "train_accuracy", "train_loss"]),
    };

    /// <param name="complete">As <see cref="Hyperparameters.Complete"/> makes it.</param>
    public static bool Matters(string name, ParameterSet complete) =>
        !Conditions.TryGetValue(name, out var condition) || condition.Values.Contains(Hyperparameters.WithDefaults(complete)[condition.Of]?.ToString());
}
