using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Losses;

/// <summary>What training makes smaller, of the logits of a batch.</summary>
internal interface ILoss
{
    /// <param name="logits">[rows, classes], padded.</param>
    /// <param name="targets">Of the first rows. Rows behind them get a gradient of 0.</param>
    /// <param name="gradient">Of the mean loss over those rows; same shape as the logits.</param>
    /// <returns>Loss summed over those rows, and how many of them have their highest logit at the label.</returns>
    (double Loss, int Correct) Run(Matrix logits, int classes, in Targets targets, Matrix gradient);
}

internal static class Loss
{
    /// <param name="smoothing">Of labels, while training.</param>
    public static ILoss Of(LossConfig config, double smoothing) => config.Kind switch
    {
        LossKind.CrossEntropy => new SoftmaxCrossEntropy((float)smoothing),
        LossKind.MeanSquaredError => new MeanSquaredError((float)smoothing),
        _ => throw new InvalidOperationException($"No loss {config.Kind}."),
    };
}
