namespace FashionSweep.Training.Data.Augmentation;

/// <summary>How training images differ from epoch to epoch. 0 switches each of them off.</summary>
/// <param name="Flip">Probability of left and right changing places.</param>
/// <param name="Shift">At most so many pixels each way.</param>
/// <param name="Rotation">At most so many degrees each way.</param>
/// <param name="Erasing">Probability of a rectangle of random pixels.</param>
/// <param name="Mixup">α of the Beta distribution that shares are drawn from.</param>
public sealed record AugmentationConfig(double Flip, int Shift, double Rotation, double Erasing, double Mixup)
{
    public static AugmentationConfig Off { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Nothing is done to single images.</summary>
    public bool LeavesImages => this with { Mixup = 0 } == Off;
}
