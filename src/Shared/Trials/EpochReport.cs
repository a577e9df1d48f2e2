namespace FashionSweep.Shared.Trials;

/// <summary>The mean of the trial's loss per image, cross-entropy unless it chose another, and the share of images classified rightly, 0 to 1.</summary>
public sealed record Score(double Loss, double Accuracy);

/// <summary>One epoch of a trial.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Train">Gathered while training: dropout and augmentation were on, labels smoothed, and the weights changed between the batches.</param>
/// <param name="Validation">Scored after the epoch on the held-out part of the training set.</param>
/// <param name="Seconds">Training and validation. Not reproducible, and no part of any comparison.</param>
public sealed record EpochReport(int Epoch, Score Train, Score Validation, double Seconds);
