namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>What scales are like before anything is known: each normal in its logarithm.</summary>
/// <remarks>
/// The more axes, the longer the lengths, by the root of their number: Hvarfner, Hellsten and Nardi, "Vanilla Bayesian optimization performs great in high
/// dimensions", ICML 2024. The prior here is narrower than theirs.
/// </remarks>
internal static class ScalePrior
{
    private const double Length = 0.25;
    private const double LengthWidth = 1;

    // Of another sweep's axis: what is 1 away has as much in common as is likely of one that somebody names.
    private const double Sweep = 2;
    private const double VarianceWidth = 1;
    private const double Noise = 1e-4;
    private const double NoiseWidth = 3;

    /// <summary>The likeliest.</summary>
    /// <param name="axes">Of parameters.</param>
    /// <param name="sweeps">That have an axis each.</param>
    /// <returns>Logarithms, as <see cref="Scales.Of"/> takes them.</returns>
    public static double[] Middle(int axes, int sweeps) =>
        [.. Enumerable.Repeat(Math.Log(Length * Math.Sqrt(axes)), axes), .. Enumerable.Repeat(Math.Log(Sweep), sweeps), 0, Math.Log(Noise)];

    /// <summary>Adds its derivatives to the slope.</summary>
    /// <inheritdoc cref="Scales.Of"/>
    /// <returns>Its negative logarithm, up to a constant.</returns>
    public static double Add(ReadOnlySpan<double> logarithms, int sweeps, Span<double> slope)
    {
        var middle = Middle(logarithms.Length - 2 - sweeps, sweeps);
        var sum = 0.0;
        for (var index = 0; index < middle.Length; index++)
        {
            var width = index < middle.Length - 2 ? LengthWidth : index == middle.Length - 2 ? VarianceWidth : NoiseWidth;
            var off = (logarithms[index] - middle[index]) / width;
            sum += off * off / 2;
            slope[index] += off / width;
        }
        return sum;
    }
}
