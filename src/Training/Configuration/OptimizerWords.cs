using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>What sweep files of others write for optimizers, and which of theirs aren't here.</summary>
internal static class OptimizerWords
{
    public static IReadOnlyList<string> Sgd { get; } =
    [
        "stochastic", "vanilla", "stochastic_gradient_descent", "gd", "gradient_descent", "vanilla_gd", "vanilla_sgd", "vanilla_gradient_descent", "mini_batch",
        "mini_batch_gd", "mini_batch_gradient_descent", "minibatch_sgd", "batch_gd", "plain_sgd", "sgd_optimizer", "sgd_vanilla", "simple_sgd", "stochastic_gd",
    ];

    public static IReadOnlyList<string> Momentum { get; } =
    [
        "sgd_momentum", "momentum_sgd", "momentum_gd", "momentum_based", "mgd", "sgd_with_momentum", "sgdm", "sgd+momentum", "sgd_mom", "msgd", "mom",
        "momentum_gradient_descent", "momentum_based_gd", "momentum_based_gradient_descent", "gd_with_momentum", "gradient_descent_with_momentum", "mbgd",
        "gd_momentum", "momentum_optimizer", "momentum_stochastic_gradient_descent", "heavy_ball", "polyak", "sgd_w_momentum",
    ];

    public static IReadOnlyList<string> Nesterov { get; } =
    [
        "nag", "nesterov_accelerated", "nesterov_momentum", "sgd_nesterov", "nesterov_sgd", "nesterov_accelerated_gradient", "nesterov_gd", "nagd", "nag_gd",
        "nesterov_accelerated_gd", "nesterov_accelerated_gradient_descent", "nesterov_gradient_descent", "nesterov_based", "nesterov_based_gd", "sgd_nag",
        "nesterov_momentum_gd", "sgd_with_nesterov", "sgd+nesterov", "momentum_nesterov", "nesterov_accelerate", "nesterov_optimizer", "nestrov", "nestorov",
    ];

    public static IReadOnlyList<Word> Absent { get; } =
    [
        new("adadelta", "ada_delta") { Remark = "rmsprop and adagrad come nearest" },
        new("adamax", "ada_max") { Remark = "adam comes nearest" },
        new("radam", "rectified_adam", "adabelief", "adabound", "adamp", "diff_grad", "yogi", "amsgrad", "adam_mini", "sparse_adam", "adopt")
        {
            Remark = "adam and nadam come nearest",
        },
        new("lamb", "lars", "adafactor", "sophia", "prodigy", "d_adaptation", "schedule_free", "adan", "ademamix")
        {
            Remark = "adamw and lion come nearest",
        },
        new("ranger", "lookahead", "sam") { Remark = "adam comes nearest" },
        new("muon", "shampoo", "soap", "kfac", "k_fac", "lbfgs", "l_bfgs", "newton", "natural_gradient", "conjugate_gradient")
        {
            Remark = "there are optimizers of first order only",
        },
        new("rprop", "r_prop", "ftrl", "asgd", "averaged_sgd", "sgdw", "signsgd", "sign_sgd", "sgld", "swats") { Remark = "sgd and momentum come nearest" },
    ];
}
