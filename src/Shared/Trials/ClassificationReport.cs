namespace FashionSweep.Shared.Trials;

/// <summary>What accuracy and loss don't say of how a model classifies a set of images. Precision, recall and F1 follow from the confusion matrix.</summary>
/// <param name="Top2Accuracy">Share of the images whose class is one of the two most probable.</param>
/// <param name="CalibrationError">
/// How far the probability of the predicted class is from the share of right predictions, 0 to 1: the expected calibration error over 15 bins of
/// equal width. Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
/// </param>
public sealed record ClassificationReport(ConfusionMatrix Confusion, double Top2Accuracy, double CalibrationError);
