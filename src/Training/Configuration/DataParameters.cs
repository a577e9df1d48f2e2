using FashionSweep.Shared.Parameters;
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
            (new("cross_entropy", "categorical_crossentropy", "softmax_cross_entropy", "cross_entropy_loss", "ce"), LossKind.CrossEntropy),
            (new("mean_squared_error", "mse", "squared_error", "mean_square_error", "mse_loss", "squared_loss"), LossKind.MeanSquaredError),
        ],
        "what training makes smaller, both of the softmax's probabilities") with
    {
        Default = ParameterDefault.Of("cross_entropy"),
        OtherNames = ["loss_function", "loss_func", "loss_fn", "loss_type", "criterion"],
    };

    public static Hyperparameter<double> LabelSmoothing { get; } = OfTraining.Number(
        "label_smoothing", NumberRules.ShareBelowAll, "share of each target that is spread over all classes while training") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<double> Flip { get; } = OfData.Number(
        "flip", NumberRules.Share, "probability that a training image is flipped left to right") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<int> Shift { get; } = OfData.Whole("shift", 0, 14, "a training image is moved by up to so many pixels each way") with
    {
        Default = ParameterDefault.Of(0L),
    };

    public static Hyperparameter<double> Rotation { get; } = OfData.Number(
        "rotation", new(0, 180), "a training image is turned by up to so many degrees each way") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<double> Erasing { get; } = OfData.Number(
        "erasing", NumberRules.Share, "probability that a rectangle of a training image is filled with random pixels") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<double> Mixup { get; } = OfData.Number(
        "mixup", new(0, 100), "training images are mixed in pairs; the greater the more evenly, 0 is off") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<int> BatchSize { get; } = OfTraining.Whole("batch_size", 1, 60000, "images in a training step") with
    {
        Default = ParameterDefault.Of(64L),
        OtherNames = ["bs", "batch", "mini_batch_size", "minibatch_size", "train_batch_size"],
    };

    public static Hyperparameter<int> Epochs { get; } = OfTraining.Whole("epochs", 1, 100000, "passes over the training images") with
    {
        Default = ParameterDefault.Of(10L),
        OtherNames = ["epoch", "n_epochs", "num_epochs", "max_epochs", "nb_epochs", "number_of_epochs", "no_of_epochs", "total_epochs"],
    };

    public static Hyperparameter<Normalization> Normalization { get; } = OfData.Choice<Normalization>(
        "normalization",
        [
            ("none", Training.Data.Normalization.None),
            ("unit", Training.Data.Normalization.Unit),
            ("standard", Training.Data.Normalization.Standard),
            ("l2", Training.Data.Normalization.L2),
        ],
        "what pixels are scaled to: 0..255, 0..1, mean 0 and deviation 1, or each image to length 1") with
    {
        Default = ParameterDefault.Of("unit"),
        OtherNames = ["normalisation"],
    };

    public static Hyperparameter<double> ValidationFraction { get; } = OfData.Number(
        "validation_fraction", new(0, 0.9, MinExcluded: true), "share of the 60,000 training images held out for validation") with
    {
        Default = ParameterDefault.Of(0.1),
        OtherNames = ["validation_split", "val_split", "val_size", "val_fraction", "validation_size"],
    };

    public static Hyperparameter<PrecisionChoice> Precision { get; } = OfTraining.Choice<PrecisionChoice>(
        "precision",
        [("fp32", PrecisionChoice.Fp32), ("bf16", PrecisionChoice.Bf16), ("auto", PrecisionChoice.Auto)],
        "what products read; auto, which new trials have, is bf16 on processors that gain by it") with
    {
        Default = ParameterDefault.Of("auto") with { Earlier = "fp32" },
    };

    public static Hyperparameter<ulong> Seed { get; } = OfData.Seed("seed", "of weights, batch order and dropout; the sweep's seed unless given") with
    {
        OtherNames = ["random_seed", "random_state"],
    };

    public static Hyperparameter<ulong> SplitSeed { get; } = OfData.Seed("split_seed", "of the training/validation split; the sweep's seed unless given");

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Loss, LabelSmoothing, Flip, Shift, Rotation, Erasing, Mixup, BatchSize, Epochs, Normalization, ValidationFraction, Precision, Seed, SplitSeed,
    ];
}
