using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>What sweep files of others write for losses, precisions and engines, and what of it isn't here.</summary>
internal static class DataWords
{
    // The negative log likelihood of a logarithmic softmax is its cross-entropy.
    public static IReadOnlyList<string> CrossEntropy { get; } =
    [
        "categorical_cross_entropy", "sparse_categorical_crossentropy", "softmax_cross_entropy",
        "softmax_cross_entropy_with_logits",
        "cross_entropy_loss", "categorical_cross_entropy_loss", "sparse_cross_entropy", "ce", "ce_loss", "cce", "xent", "cross_ent", "cross",
        "log_loss",
        "nll", "nll_loss", "negative_log_likelihood", "negative_log_likelihood_loss", "log_likelihood", "cross_entropy_error", "crossentropy_softmax",
    ];

    public static IReadOnlyList<string> SquaredError { get; } =
    [
        "mse", "squared_error", "mean_square_error", "mse_loss", "squared_loss", "squared_error_loss", "mean_squared", "mean_squared_loss",
        "mean_squared_error_loss",
        "mean_square", "squared", "sq_loss", "square_loss", "square_error", "sq_error", "quadratic", "quadratic_loss", "l2", "l2_loss", "mean_sq_error",
    ];

    public static IReadOnlyList<Word> AbsentLosses { get; } =
    [
        new("mae", "l1", "l1_loss", "mae_loss", "mean_absolute_error", "absolute_error", "huber", "huber_loss", "smooth_l1", "smooth_l1_loss", "log_cosh",
            "rmse",
            "root_mean_squared_error")
        {
            Remark = "mean_squared_error comes nearest",
        },
        new("hinge", "hinge_loss", "multi_margin", "multi_margin_loss", "multi_class_hinge", "categorical_hinge", "squared_hinge", "svm", "triplet",
            "contrastive",
            "cosine_similarity", "cosine", "poly_loss")
        {
            Remark = "cross_entropy comes nearest",
        },
        new("kl", "kl_div", "kl_divergence", "kld", "focal", "focal_loss", "poisson", "poisson_nll", "sse", "sum_squared_error",
            "label_smoothing_cross_entropy")
        {
            Remark = "cross_entropy, with label_smoothing, comes nearest",
        },
        new("bce", "bce_loss", "binary_crossentropy", "binary_cross_entropy", "bce_with_logits", "bce_with_logits_loss")
        {
            Remark = "there are ten classes, and cross_entropy is of all of them",
        },
    ];

    public static IReadOnlyList<Word> AbsentPrecisions { get; } =
    [
        new("fp16", "16", "float16", "half", "16_mixed", "fp8", "tf32") { Remark = "bf16 is the one of 16 bits" },
        new("fp64", "64", "float64", "double") { Remark = "fp32 is the most exact" },
    ];

    public static IReadOnlyList<Word> AbsentEngines { get; } =
    [
        new("pytorch", "tensorflow", "keras", "jax", "flax", "mxnet", "paddle", "onednn", "mkldnn") { Remark = "torchsharp is PyTorch's library in .NET" },
    ];
}
