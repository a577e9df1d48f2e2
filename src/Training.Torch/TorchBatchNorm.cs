using FashionSweep.Training.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>Batch normalization while training.</summary>
internal static class TorchBatchNorm
{
    private const double Momentum = 0.1;

    /// <param name="mean">The running one, which is moved; so is the variance.</param>
    public static Tensor Learn(Tensor input, Tensor weight, Tensor bias, Tensor mean, Tensor variance)
    {
        if (input.numel() > weight.numel())
            return functional.batch_norm(input, mean, variance, weight, bias, training: true, Momentum, LayerSpec.BatchNorm.Epsilon);
        // A single value for each channel is its own mean, which libtorch refuses: what is left is the bias, and no gradient goes further.
        using (no_grad())
        {
            mean.add_(input.flatten() - mean, alpha: Momentum);
            variance.mul_(1 - Momentum);
        }
        return ((input - input) * weight.reshape(Sides(input))) + bias.reshape(Sides(input));
    }

    private static long[] Sides(Tensor input) => input.dim() == 2 ? [1, -1] : [1, -1, 1, 1];
}
