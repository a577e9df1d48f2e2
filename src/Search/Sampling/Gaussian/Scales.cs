namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>What a process is taken to be like before it is asked.</summary>
/// <param name="Lengths">Of each axis: over how much of it losses have much to do with each other.</param>
/// <param name="Variance">Of the losses.</param>
/// <param name="Noise">The variance of one trial's loss around that of its configuration.</param>
internal sealed record Scales(double[] Lengths, double Variance, double Noise)
{
    // With less the kernel's matrix loses its digits.
    private const double LeastNoise = 1e-6;

    /// <summary>The part of the noise that is not given.</summary>
    public double FreeNoise => Noise - LeastNoise;

    /// <param name="logarithms">Of the lengths, then of the variance and the noise.</param>
    public static Scales Of(ReadOnlySpan<double> logarithms) => new(
        [.. logarithms[..^2].ToArray().Select(Math.Exp)], Math.Exp(logarithms[^2]), LeastNoise + Math.Exp(logarithms[^1]));
}
