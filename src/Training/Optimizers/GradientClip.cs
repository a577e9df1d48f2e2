using FashionSweep.Training.Models;

namespace FashionSweep.Training.Optimizers;

/// <summary>
/// Scales all gradients down so that their common Euclidean length is at most a bound, as <c>torch.nn.utils.clip_grad_norm_</c> does. Pascanu, Mikolov,
/// Bengio, "On the Difficulty of Training Recurrent Neural Networks", ICML 2013, algorithm 1.
/// </summary>
/// <param name="bound">0 leaves the gradients alone.</param>
internal sealed unsafe class GradientClip(double bound, ParameterBlock parameters)
{
    private const int Lanes = 16;

    public void Apply()
    {
        if (bound == 0) return;
        var factor = bound / (Length() + 1e-6);
        if (factor >= 1) return;
        var scale = (float)factor;
        for (nint i = 0; i < (nint)parameters.Trainable; i++) parameters.Gradients[i] *= scale;
    }

    // Sixteen sums whatever the vector width, so that no processor rounds otherwise.
    private double Length()
    {
        var sums = stackalloc double[Lanes];
        new Span<double>(sums, Lanes).Clear();
        for (nint i = 0; i < (nint)parameters.Trainable; i += Lanes)
            for (var lane = 0; lane < Lanes; lane++) sums[lane] += (double)parameters.Gradients[i + lane] * parameters.Gradients[i + lane];
        var total = 0.0;
        for (var lane = 0; lane < Lanes; lane++) total += sums[lane];
        return Math.Sqrt(total);
    }
}
