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
            new("sgd", "stochastic", "vanilla", "stochastic_gradient_descent"),
            new("momentum", "sgd_momentum", "momentum_sgd", "momentum_gd", "momentum_based", "mgd", "sgd_with_momentum")
            {
                Remark = "sgd, with momentum 0.9 unless given",
            },
            new("nesterov", "nag", "nesterov_accelerated", "nesterov_momentum", "sgd_nesterov", "nesterov_accelerated_gradient", "nesterov_gd")
            {
                Remark = "sgd, with Nesterov momentum 0.9 unless given",
            },
            "adam", "adamw", "nadam", "rmsprop", "adagrad", "lion",
        ],
        "how gradients become steps; momentum and nesterov are sgd with momentum 0.9 unless given") with
    {
        Default = ParameterDefault.Of("adam"),
        OtherNames = ["optimiser", "optim", "opt", "optimizer_name", "optimizer_type", "optimization_algorithm"],
    };

    public static Hyperparameter<double> LearningRate { get; } = Group.Number(
        "learning_rate", NumberRules.Positive,
        "size of a step; unless given 0.01 with sgd, momentum, nesterov and adagrad, 0.002 with nadam, 0.0001 with lion, 0.001 with the others") with
    {
        Default = (ParameterDefault.Of(0.001) with { Earlier = null })
            .But(0.01, "optimizer", "sgd", "momentum", "nesterov", "adagrad").But(0.002, "optimizer", "nadam").But(0.0001, "optimizer", "lion"),
        OtherNames = ["lr", "eta", "initial_lr", "base_lr", "init_lr", "initial_learning_rate", "learn_rate"],
    };

    public static Hyperparameter<double> Momentum { get; } = Group.Number(
        "momentum", NumberRules.ShareBelowAll, "of sgd and rmsprop; 0.9 unless given with momentum and nesterov") with
    {
        Default = ParameterDefault.Of(0.0).But(0.9, "optimizer", "momentum", "nesterov"),
        OtherNames = ["mom"],
        MattersBeside = new("optimizer", "sgd", "momentum", "nesterov", "rmsprop"),
    };

    public static Hyperparameter<bool> Nesterov { get; } = Group.Flag(
        "nesterov", "look-ahead momentum of sgd; needs momentum above 0; true with nesterov") with
    {
        Default = ParameterDefault.Of(false).But(true, "optimizer", "nesterov"),
        MattersBeside = new("optimizer", "sgd", "momentum", "nesterov"),
    };

    public static Hyperparameter<double> Beta1 { get; } = Group.Number(
        "beta1", NumberRules.ShareBelowAll, "decay of the mean of the gradients of adam, adamw, nadam and lion") with
    {
        Default = ParameterDefault.Of(0.9),
        MattersBeside = OfAdamAndLion,
    };

    public static Hyperparameter<double> Beta2 { get; } = Group.Number(
        "beta2", NumberRules.ShareBelowAll, "decay of the mean of their squares of adam, adamw and nadam; of lion's mean, where it is 0.99 unless given") with
    {
        Default = ParameterDefault.Of(0.999).But(0.99, "optimizer", "lion"),
        MattersBeside = OfAdamAndLion,
    };

    public static Hyperparameter<double> Alpha { get; } = Group.Number(
        "alpha", NumberRules.ShareBelowAll, "decay of rmsprop's mean of their squares") with
    {
        Default = ParameterDefault.Of(0.99),
        MattersBeside = new("optimizer", "rmsprop"),
    };

    public static Hyperparameter<double> Epsilon { get; } = Group.Number(
        "epsilon", NumberRules.Positive, "added to the denominator of adam, adamw, nadam, rmsprop and adagrad, where it is 1e-10 unless given") with
    {
        Default = ParameterDefault.Of(1e-8).But(1e-10, "optimizer", "adagrad"),
        OtherNames = ["eps"],
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
        OtherNames = ["l2", "wd", "l2_reg", "l2_lambda", "l2_penalty", "l2_regularization", "l2_regularisation", "reg_lambda", "lambda_l2"],
    };

    public static Hyperparameter<double> GradientClip { get; } = Group.Number(
        "gradient_clip", NumberRules.NotNegative, "the gradients' greatest length all together; longer ones are scaled down, 0 lets them be") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames = ["grad_clip", "clip_grad", "gradient_clipping", "max_grad_norm", "clip_norm", "gradient_clip_val"],
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
