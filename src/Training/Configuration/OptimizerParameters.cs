using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>The hyperparameters that decide how gradients become steps.</summary>
internal static class OptimizerParameters
{
    private static readonly ParameterGroup Group = new("training");

    private static readonly Beside OfAdamAndLion = new("optimizer", "adam", "adamw", "nadam", "lion");

    public static Hyperparameter<string> Optimizer { get; } = Group.OneOf(
        "optimizer",
        [
            new("sgd", OptimizerWords.Sgd),
            new("momentum", OptimizerWords.Momentum) { Remark = "sgd, with momentum 0.9 unless given" },
            new("nesterov", OptimizerWords.Nesterov) { Remark = "sgd, with Nesterov momentum 0.9 unless given" },
            new("adam", "adam_optimizer", "adam_opt"),
            new("adamw", "adam_with_weight_decay"),
            new("nadam", "nesterov_adam", "adam_nesterov", "nadam_optimizer"),
            new("rmsprop", "rms", "rms_propagation", "root_mean_square_propagation"),
            new("adagrad", "adaptive_gradient"),
            "lion",
        ],
        "how gradients become steps; momentum and nesterov are sgd with momentum 0.9 unless given",
        OptimizerWords.Absent) with
    {
        Default = ParameterDefault.Of("adam"),
        OtherNames =
        [
            "optimiser", "optim", "opt", "optimizer_name", "optimizer_type", "optimization_algorithm", "optimization", "optimisation",
            "optimizer_fn", "optimizer_class", "optimiser_name", "optimiser_type", "optimization_method", "optimizer_algorithm",
            "optimization_function", "optimizer_choice", "update_rule", "optimizer_func", "optimizer_function", "optimizers", "optimzer",
            "optimisation_algorithm", "optim_name", "optim_type", "optimizer_method", "optimization_algo", "opt_name", "opt_type", "opti",
            "optimize", "optimizer_algo", "gd_algorithm", "learning_algorithm",
        ],
    };

    public static Hyperparameter<double> LearningRate { get; } = Group.Number(
        "learning_rate", NumberRules.Positive,
        "size of a step; unless given 0.01 with sgd, momentum, nesterov and adagrad, 0.002 with nadam, 0.0001 with lion, 0.001 with the others") with
    {
        Default = (ParameterDefault.Of(0.001) with { Earlier = null })
            .But(0.01, "optimizer", "sgd", "momentum", "nesterov", "adagrad").But(0.002, "optimizer", "nadam").But(0.0001, "optimizer", "lion"),
        OtherNames =
        [
            "lr", "eta", "initial_lr", "base_lr", "init_lr", "initial_learning_rate", "learn_rate", "lr_init", "learning_rates", "lr_start",
            "start_lr", "lr0", "optimizer_lr", "optimizer_learning_rate", "optim_lr", "adam_lr", "sgd_lr", "lrate", "lr_rate", "eta0",
            "learning_rate_init", "lr_value", "lr_base", "starting_lr", "start_learning_rate", "lr_initial", "model_lr", "adam_learning_rate", "lrs",
            "learn_r", "base_learning_rate",
        ],
    };

    public static Hyperparameter<double> Momentum { get; } = Group.Number(
        "momentum", NumberRules.ShareBelowAll, "of sgd and rmsprop; 0.9 unless given with momentum and nesterov") with
    {
        Default = ParameterDefault.Of(0.0).But(0.9, "optimizer", "momentum", "nesterov"),
        OtherNames =
        [
            "mom", "momentum_coeff", "momentum_coefficient", "momentum_rate", "sgd_momentum", "momentum_factor", "momentum_term", "momentum_beta",
            "momentum_value", "optimizer_momentum", "moment", "mom_beta", "mometum", "beta_momentum",
        ],
        MattersBeside = new("optimizer", "sgd", "momentum", "nesterov", "rmsprop"),
        Off = 0.0,
    };

    public static Hyperparameter<bool> Nesterov { get; } = Group.Flag(
        "nesterov", "look-ahead momentum of sgd; needs momentum above 0; true with nesterov") with
    {
        Default = ParameterDefault.Of(false).But(true, "optimizer", "nesterov"),
        MattersBeside = new("optimizer", "sgd", "momentum", "nesterov"),
        OtherNames = ["use_nesterov", "is_nesterov", "nesterov_momentum", "sgd_nesterov", "with_nesterov"],
        Off = false,
    };

    public static Hyperparameter<double> Beta1 { get; } = Group.Number(
        "beta1", NumberRules.ShareBelowAll, "decay of the mean of the gradients of adam, adamw, nadam and lion") with
    {
        Default = ParameterDefault.Of(0.9),
        MattersBeside = OfAdamAndLion,
        OtherNames =
        [
            "adam_beta1", "adam_b1", "b1", "beta_one", "optimizer_beta1", "adamw_beta1", "optim_beta1", "nadam_beta1", "adam_beta_first",
        ],
    };

    public static Hyperparameter<double> Beta2 { get; } = Group.Number(
        "beta2", NumberRules.ShareBelowAll, "decay of the mean of their squares of adam, adamw and nadam; of lion's mean, where it is 0.99 unless given") with
    {
        Default = ParameterDefault.Of(0.999).But(0.99, "optimizer", "lion"),
        MattersBeside = OfAdamAndLion,
        OtherNames = ["adam_beta2", "adam_b2", "b2", "beta_two", "optimizer_beta2", "adamw_beta2", "optim_beta2", "nadam_beta2"],
    };

    public static Hyperparameter<double> Alpha { get; } = Group.Number(
        "alpha", NumberRules.ShareBelowAll, "decay of rmsprop's mean of their squares") with
    {
        Default = ParameterDefault.Of(0.99),
        MattersBeside = new("optimizer", "rmsprop"),
        OtherNames =
        [
            "rho", "rmsprop_alpha", "rmsprop_rho", "rmsprop_decay", "rmsprop_beta", "beta_rmsprop", "beta_rms", "rms_alpha", "smoothing_constant",
        ],
    };

    public static Hyperparameter<double> Epsilon { get; } = Group.Number(
        "epsilon", NumberRules.Positive, "added to the denominator of adam, adamw, nadam, rmsprop and adagrad, where it is 1e-10 unless given") with
    {
        Default = ParameterDefault.Of(1e-8).But(1e-10, "optimizer", "adagrad"),
        OtherNames =
        [
            "eps", "adam_eps", "adam_epsilon", "optimizer_eps", "optimizer_epsilon", "optim_eps", "adamw_eps", "epsilon_adam", "rmsprop_eps",
            "rmsprop_epsilon",
        ],
        MattersBeside = new("optimizer", "adam", "adamw", "nadam", "rmsprop", "adagrad"),
    };

    public static Hyperparameter<double> MomentumDecay { get; } = Group.Number(
        "momentum_decay", NumberRules.Share, "how slowly nadam's momentum warms up") with
    {
        Default = ParameterDefault.Of(0.004),
        MattersBeside = new("optimizer", "nadam"),
    };

    public static Hyperparameter<double> WeightDecay { get; } = Group.Number(
        "weight_decay", NumberRules.NotNegative, "L2 penalty, added to the gradients as in PyTorch; with adamw and lion the weights' own shrinking") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "l2", "wd", "l2_reg", "l2_lambda", "l2_penalty", "l2_regularization", "l2_regularisation", "reg_lambda", "lambda_l2", "l2_weight",
            "l2_decay", "l2_factor", "l2_alpha", "l2_regularizer", "l2_regulariser", "l2_reg_lambda", "l2_regpara", "l2_coeff", "l2_coef", "l2_rate",
            "l2_strength", "l2_constant", "l2_norm_coeff", "l2_regularization_strength", "l2_regularization_lambda", "l2_weight_decay", "wdecay",
            "decay_weight", "adam_weight_decay", "optimizer_weight_decay", "optim_weight_decay", "weight_decay_rate", "weight_decays",
            "weight_regularization", "weight_penalty", "reg", "reg_param", "reg_strength", "reg_rate", "reg_coeff", "reg_coefficient",
            "regularization_param", "regularization_parameter", "regularization_strength", "regularization_lambda", "regularization_rate",
            "regularization_coefficient", "regularization_factor", "regularisation_lambda", "regularisation_strength", "lambda", "lambd", "lamda",
            "lmbda", "lambda_reg", "weight_dec", "wtdecay", "l2_param", "lambda_val",
        ],
        Off = 0.0,
    };

    public static Hyperparameter<double> GradientClip { get; } = Group.Number(
        "gradient_clip", NumberRules.NotNegative, "the gradients' greatest length all together; longer ones are scaled down, 0 lets them be") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "grad_clip", "clip_grad", "gradient_clipping", "max_grad_norm", "clip_norm", "gradient_clip_val", "grad_clip_norm", "clip_grad_norm",
            "gradient_clip_norm", "grad_norm_clip", "gradient_norm_clip", "max_gradient_norm", "gradient_clipping_norm", "grad_clipping",
            "clip_gradient", "clip_gradients", "grad_norm_max", "gradient_max_norm", "grad_max_norm", "global_clip_norm", "clipping_norm",
            "clip_global_norm", "grad_clip_max_norm", "fc_clip_norm", "gradient_clip_max_norm",
        ],
        Off = 0.0,
    };

    public static IReadOnlyList<ComesTo> ComeTo { get; } =
    [
        new("optimizer", "sgd", "optimizer in [momentum, nesterov]"),
        new("optimizer", "adam", "optimizer = adamw and weight_decay = 0"),
    ];

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Optimizer, LearningRate, Momentum, Nesterov, Beta1, Beta2, Alpha, Epsilon, MomentumDecay, WeightDecay, GradientClip,
    ];
}
