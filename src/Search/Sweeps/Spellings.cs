using System.Diagnostics.CodeAnalysis;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Sweeps;

/// <summary>Other names that sweep files give to hyperparameters and to their values. Capitals, -, _, . and blanks make no difference.</summary>
internal static class Spellings
{
    /// <summary>By the hyperparameter.</summary>
    public static IReadOnlyDictionary<string, string[]> OfParameters { get; } = new Dictionary<string, string[]>
    {
        ["model"] = ["architecture", "arch", "model_type", "model_name"],
        ["width"] =
        [
            "fc_layer_size", "fc_size", "hidden_size", "hidden_layer_size", "hidden_layers_size", "layer_size", "num_neurons", "n_neurons", "neurons", "neurons_per_layer", "hidden_neurons", "hidden_units",
            "num_hidden_units", "num_units", "n_units", "units", "dense_units", "hidden_nodes", "num_nodes", "hidden_dim", "size_hidden_layer", "size_of_hidden_layer", "sz",
        ],
        ["depth"] =
        [
            "num_layers", "n_layers", "number_of_layers", "no_of_layers", "num_hidden", "n_hidden", "num_hidden_layers", "n_hidden_layers", "hidden_layers", "number_of_hidden_layers",
            "no_of_hidden_layers", "no_hidden_layers", "num_hl", "nhl",
        ],
        ["activation"] = ["activation_func", "activation_function", "activation_fn", "activations", "fc_activation", "hidden_activation", "nonlinearity", "act", "act_fn", "act_func"],
        ["weight_init"] =
        [
            "weight_initialization", "weight_initialisation", "weight_initializer", "weight_initialiser", "weights_init", "weights_initialization", "weight_initialization_method", "weight_init_method",
            "initializer", "initialiser", "initialization", "initialisation", "kernel_initializer", "init", "init_method", "init_type", "w_i",
        ],
        ["dropout"] = ["dropout_rate", "dropout_prob", "dropout_probability", "drop_prob", "drop_rate", "p_dropout", "dropout_p"],
        ["optimizer"] = ["optimiser", "optim", "opt", "optimizer_name", "optimizer_type", "optimization_algorithm"],
        ["learning_rate"] = ["lr", "eta", "initial_lr", "base_lr", "init_lr", "initial_learning_rate", "learn_rate"],
        ["momentum"] = ["mom"],
        ["epsilon"] = ["eps"],
        ["weight_decay"] = ["l2", "wd", "w_d", "l2_reg", "l2_lambda", "l2_penalty", "l2_regularization", "l2_regularisation", "reg_lambda", "lambda_l2"],
        ["gradient_clip"] = ["grad_clip", "clip_grad", "gradient_clipping", "max_grad_norm", "clip_norm", "gradient_clip_val"],
        ["schedule"] = ["lr_schedule", "lr_scheduler", "scheduler", "learning_rate_schedule"],
        ["loss"] = ["loss_function", "loss_func", "loss_fn", "loss_type", "criterion"],
        ["batch_norm"] = ["batch_normalization", "batch_normalisation", "use_batch_norm", "bn"],
        ["batch_size"] = ["batch-size", "bs", "batch", "mini_batch_size", "minibatch_size", "train_batch_size"],
        ["epochs"] = ["epoch", "n_epochs", "num_epochs", "max_epochs", "nb_epochs", "number_of_epochs", "no_of_epochs", "total_epochs"],
        ["filters"] = ["num_filters", "n_filters", "base_filters"],
        ["validation_fraction"] = ["validation_split", "val_split", "val_size", "val_fraction", "validation_size"],
        ["normalization"] = ["normalisation"],
        ["seed"] = ["random_seed", "random_state"],
    };

    /// <summary>By the hyperparameter, then by its value.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]>> OfValues { get; } = new Dictionary<string, IReadOnlyDictionary<string, string[]>>
    {
        ["model"] = new Dictionary<string, string[]> { ["mlp"] = ["fc", "ffn", "feedforward", "dense"] },
        ["optimizer"] = new Dictionary<string, string[]>
        {
            ["sgd"] = ["stochastic", "vanilla", "stochastic_gradient_descent"],
            ["momentum"] = ["sgd_momentum", "momentum_sgd", "momentum_gd", "momentum_based", "mgd", "sgd_with_momentum"],
            ["nesterov"] = ["nag", "nesterov_accelerated", "nesterov_momentum", "sgd_nesterov", "nesterov_accelerated_gradient", "nesterov_gd"],
        },
        ["weight_init"] = new Dictionary<string, string[]>
        {
            ["glorot_uniform"] = ["xavier", "glorot", "xavier_uniform"],
            ["glorot_normal"] = ["xavier_normal"],
            ["he_normal"] = ["he", "kaiming", "kaiming_normal"],
            ["he_uniform"] = ["kaiming_uniform"],
            ["normal"] = ["random", "random_normal", "gaussian"],
            ["pytorch"] = ["default"],
        },
        ["activation"] = new Dictionary<string, string[]> { ["sigmoid"] = ["logistic"], ["identity"] = ["linear"], ["silu"] = ["swish"] },
        ["loss"] = new Dictionary<string, string[]>
        {
            ["cross_entropy"] = ["categorical_crossentropy", "softmax_cross_entropy", "cross_entropy_loss", "ce"],
            ["mean_squared_error"] = ["mse", "squared_error", "mean_square_error", "mse_loss", "squared_loss"],
        },
        ["schedule"] = new Dictionary<string, string[]>
        {
            ["cosine"] = ["cosine_annealing", "cosine_decay"],
            ["step"] = ["step_lr"],
            ["exponential"] = ["exponential_decay"],
            ["plateau"] = ["reduce_lr_on_plateau"],
        },
    };

    // What the other name alone doesn't say.
    private static readonly Dictionary<(string Parameter, string Value), string> Remarks = new()
    {
        [("weight_init", "normal")] = "of deviation 0.05",
        [("optimizer", "momentum")] = "sgd, with momentum 0.9 unless given",
        [("optimizer", "nesterov")] = "sgd, with Nesterov momentum 0.9 unless given",
    };

    private static readonly Dictionary<string, string> Parameters = Hyperparameters.All
        .SelectMany(known => OfParameters.GetValueOrDefault(known.Name, []).Prepend(known.Name).Select(name => (Key: Plain(name), known.Name)))
        .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Name);

    private static readonly Dictionary<(string Parameter, string Value), string> Values = Hyperparameters.All
        .SelectMany(known => NamesOf(known).Select(pair => (Key: (known.Name, Plain(pair.Written)), pair.Meant)))
        .ToDictionary(pair => pair.Key, pair => pair.Meant);

    public static Hyperparameter? Parameter(string written) => Parameters.TryGetValue(Plain(written), out var name) ? Hyperparameters.Find(name) : null;

    public static bool TryValue(Hyperparameter parameter, string written, [NotNullWhen(true)] out string? meant) =>
        Values.TryGetValue((parameter.Name, Plain(written)), out meant);

    /// <summary>A value with what is to be said about it where another name stood for it.</summary>
    public static string Explained(Hyperparameter parameter, string value) =>
        Remarks.TryGetValue((parameter.Name, value), out var remark) ? $"{value} ({remark})" : value;

    /// <summary>A word without what makes no difference.</summary>
    public static string Plain(string written) => string.Concat(written.Where(letter => letter is not ('-' or '_' or '.' or ' '))).ToLowerInvariant();

    /// <summary>All names of a hyperparameter as one regular expression.</summary>
    public static string PatternOf(Hyperparameter parameter) => PatternOf(Parameters.Where(pair => pair.Value == parameter.Name).Select(pair => pair.Key));

    /// <summary>All names of a hyperparameter's values as one regular expression.</summary>
    public static string PatternOfValues(Hyperparameter parameter) => PatternOf(Values.Keys.Where(key => key.Parameter == parameter.Name).Select(key => key.Value));

    private static string PatternOf(IEnumerable<string> plain) =>
        $"^({string.Join('|', plain.Select(name => string.Join("[-_. ]*", name.Select(letter => char.IsLetter(letter) ? $"[{char.ToUpperInvariant(letter)}{letter}]" : $"{letter}"))))})$";

    private static IEnumerable<(string Written, string Meant)> NamesOf(Hyperparameter parameter)
    {
        if (parameter.Rule is not ValueRule.OneOf rule) return [];
        var others = OfValues.GetValueOrDefault(parameter.Name);
        return rule.Names.SelectMany(name => (others?.GetValueOrDefault(name) ?? []).Prepend(name).Select(written => (written, name)));
    }
}
