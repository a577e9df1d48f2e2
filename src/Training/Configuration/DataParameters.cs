using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;

namespace FashionSweep.Training.Configuration;

/// <summary>The hyperparameters that decide what a trial learns from and by: loss, images, batches and seeds.</summary>
internal static class DataParameters
{
    private static readonly ParameterGroup OfData = new("data");
    private static readonly ParameterGroup OfTraining = new("training");

    public static Hyperparameter<LossKind> Loss { get; } = OfTraining.Choice<LossKind>(
        "loss",
        [
            (new("cross_entropy", DataWords.CrossEntropy), LossKind.CrossEntropy),
            (new("mean_squared_error", DataWords.SquaredError), LossKind.MeanSquaredError),
        ],
        "what training makes smaller, both of the softmax's probabilities",
        DataWords.AbsentLosses) with
    {
        Default = ParameterDefault.Of("cross_entropy"),
        OtherNames =
        [
            "loss_function", "loss_func", "loss_fn", "loss_type", "criterion", "loss_name", "loss_kind", "cost", "cost_function", "cost_func",
            "cost_fn", "objective", "objective_function", "loss_criterion", "loss_f", "criterion_name", "train_loss_fn", "loss_functions", "losses",
            "loss_method",
        ],
    };

    public static Hyperparameter<double> LabelSmoothing { get; } = OfTraining.Number(
        "label_smoothing", NumberRules.ShareBelowAll, "share of each target that is spread over all classes while training") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "label_smoothing_factor", "label_smooth", "label_smoothing_eps", "label_smoothing_epsilon", "loss_label_smoothing", "smoothing",
            "smooth_labels",
        ],
        Off = 0.0,
    };

    public static Hyperparameter<double> Flip { get; } = OfData.Number(
        "flip", NumberRules.Share, "probability that a training image is flipped left to right") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "horizontal_flip", "horizontal_flip_prob", "random_flip", "random_horizontal_flip", "hflip", "hflip_prob", "flip_prob", "p_flip",
            "flip_probability",
        ],
        Off = 0.0,
    };

    public static Hyperparameter<int> Shift { get; } = OfData.Whole("shift", 0, 14, "a training image is moved by up to so many pixels each way") with
    {
        Default = ParameterDefault.Of(0L),
        Off = 0L,
    };

    public static Hyperparameter<double> Rotation { get; } = OfData.Number(
        "rotation", new(0, 180), "a training image is turned by up to so many degrees each way") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames = ["rotation_range", "rotation_degrees", "random_rotation", "max_rotation", "rotate", "degrees", "rotation_angle"],
        Off = 0.0,
    };

    public static Hyperparameter<double> Erasing { get; } = OfData.Number(
        "erasing", NumberRules.Share, "probability that a rectangle of a training image is filled with random pixels") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames = ["random_erasing", "random_erasing_prob", "erasing_prob", "erase_prob", "random_erase"],
        Off = 0.0,
    };

    public static Hyperparameter<double> Mixup { get; } = OfData.Number(
        "mixup", new(0, 100), "training images are mixed in pairs; the greater the more evenly, 0 is off") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames = ["mixup_alpha", "alpha_mixup"],
        Off = 0.0,
    };

    public static Hyperparameter<int> BatchSize { get; } = OfTraining.Whole("batch_size", 1, 60000, "images in a training step") with
    {
        Default = ParameterDefault.Of(64L),
        OtherNames =
        [
            "bs", "batch", "mini_batch_size", "train_batch_size", "batch_size_train", "train_bs", "training_batch_size",
            "per_device_train_batch_size", "bsize", "bsz", "batch_sz", "sz_batch", "batch_sizes", "size_batch", "minibatch", "batch_size_per_gpu",
            "bs_train", "train_batch",
        ],
    };

    public static Hyperparameter<int> Epochs { get; } = OfTraining.Whole("epochs", 1, 100000, "passes over the training images") with
    {
        Default = ParameterDefault.Of(10L),
        OtherNames =
        [
            "epoch", "n_epochs", "num_epochs", "max_epochs", "nb_epochs", "number_of_epochs", "no_of_epochs", "total_epochs", "epoch_count",
            "num_epoch", "n_epoch", "no_epochs", "number_epochs", "max_epoch", "train_epochs", "training_epochs", "num_train_epochs",
            "num_training_epochs", "n_train_epochs", "tot_epochs", "epochs_num", "nb_epoch", "epoch_num", "epoch_number", "epochs_count",
            "num_of_epochs", "no_epoch", "ep", "eps_count", "max_num_epochs", "max_nepochs", "n_ep",
        ],
    };

    public static Hyperparameter<Normalization> Normalization { get; } = OfData.Choice<Normalization>(
        "normalization",
        [
            (new("none", "no", "raw"), Training.Data.Normalization.None),
            (new("unit", "0-1", "255", "min_max", "divide_by_255", "rescale"), Training.Data.Normalization.Unit),
            (new("standard", "standardize", "standardise", "standardization", "z_score", "mean_std", "standard_scaler"), Training.Data.Normalization.Standard),
            ("l2", Training.Data.Normalization.L2),
        ],
        "what pixels are scaled to: 0..255, 0..1, mean 0 and deviation 1, or each image to length 1") with
    {
        Default = ParameterDefault.Of("unit"),
        OtherNames =
        [
            "normalisation", "pixel_normalization", "image_normalization", "input_normalization", "data_normalization", "normalization_method",
            "scaling", "pixel_scaling",
        ],
        Off = "none",
    };

    public static Hyperparameter<double> ValidationFraction { get; } = OfData.Number(
        "validation_fraction", new(0, 0.9, MinExcluded: true), "share of the 60,000 training images held out for validation") with
    {
        Default = ParameterDefault.Of(0.1),
        OtherNames =
        [
            "validation_split", "val_split", "val_size", "val_fraction", "validation_size", "valid_size", "val_ratio", "validation_ratio",
            "valid_ratio", "valid_split", "val_pct", "val_frac", "valid_frac", "valid_fraction", "validation_frac", "val_percent", "val_percentage",
            "validation_percentage", "val_set_size", "validation_set_size", "dev_size", "dev_split", "holdout_fraction", "val_part", "val_share",
            "validation_split_ratio", "validation_part",
        ],
    };

    public static Hyperparameter<PrecisionChoice> Precision { get; } = OfTraining.Choice<PrecisionChoice>(
        "precision",
        [
            (new("fp32", "32", "float32", "full", "32_true", "float"), PrecisionChoice.Fp32),
            (new("bf16", "bfloat16", "bf16_mixed"), PrecisionChoice.Bf16),
            ("auto", PrecisionChoice.Auto),
        ],
        "what products read; auto, which new trials have, is bf16 on processors that gain by it",
        DataWords.AbsentPrecisions) with
    {
        Default = ParameterDefault.Of("auto") with { Earlier = "fp32" },
        OtherNames = ["dtype", "compute_dtype", "training_precision"],
    };

    public static Hyperparameter<string> Engine { get; } = OfTraining.OneOf(
        EngineNames.Parameter, [EngineNames.Native, new(EngineNames.TorchSharp, "torch", "libtorch")],
        "what trains: FashionSweep's own engine, or libtorch by TorchSharp, which nodes have where they were told to",
        DataWords.AbsentEngines) with
    {
        Default = ParameterDefault.Implied(EngineNames.Native),
    };

    public static Hyperparameter<ulong> Seed { get; } = OfData.Seed("seed", "of weights, batch order and dropout; the sweep's seed unless given") with
    {
        OtherNames =
        [
            "random_seed", "random_state", "manual_seed", "rng_seed", "torch_seed", "np_seed", "numpy_seed", "global_seed", "seed_value",
            "rand_seed", "train_seed", "init_seed", "model_seed", "tf_seed", "seed_num", "random_seeds", "seeds",
        ],
    };

    public static Hyperparameter<ulong> SplitSeed { get; } = OfData.Seed("split_seed", "of the training/validation split; the sweep's seed unless given") with
    {
        OtherNames = ["data_seed", "split_random_state", "val_seed"],
    };

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Loss, LabelSmoothing, Flip, Shift, Rotation, Erasing, Mixup, BatchSize, Epochs, Normalization, ValidationFraction, Precision, Engine, Seed, SplitSeed,
    ];
}
