namespace FashionSweep.Training.Losses;

/// <param name="Smoothing">The share of each target that is spread over all classes while training; validation and test go without.</param>
public sealed record LossConfig(LossKind Kind, double Smoothing)
{
    public static LossConfig Default { get; } = new(LossKind.CrossEntropy, Smoothing: 0);
}

public enum LossKind
{
    CrossEntropy,

    /// <summary>Of the softmax's probabilities against 1 for the right class and 0 for the others, as a mean over the classes.</summary>
    MeanSquaredError,
}
