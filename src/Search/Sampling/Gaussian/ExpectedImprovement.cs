using FashionSweep.Search.Space;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>
/// The logarithm of expected improvement: Ament, Daulton, Eriksson, Balandat and Bakshy, "Unexpected improvements to expected improvement for Bayesian
/// optimization", NeurIPS 2023, section 4.1. It has a slope where the improvement itself is no number any more.
/// </summary>
/// <remarks>Departure: the tail is Mills' ratio as a continued fraction, in which nothing cancels, instead of a scaled error function.</remarks>
internal static class ExpectedImprovement
{
    private const int Terms = 60;

    // Above it the two parts of the improvement add up to enough digits.
    private const double Tail = -1.5;

    private static readonly double LogRoot = Math.Log(2 * Math.PI) / 2;

    /// <summary>log(φ(z) + z Φ(z)).</summary>
    /// <param name="gain">z: how far the mean lies below the best, in deviations.</param>
    /// <param name="slope">Its derivative by z.</param>
    public static double Log(double gain, out double slope)
    {
        if (gain > Tail)
        {
            var below = NormalCurve.Cumulative(gain);
            var improvement = Math.Exp(-gain * gain / 2 - LogRoot) + gain * below;
            slope = below / improvement;
            return Math.Log(improvement);
        }
        // Mills' ratio is 1 / (u + 1 / (u + 2 / (u + …))): with c for all behind the first u the improvement is φ c / (u + c).
        var (u, rest) = (-gain, 0.0);
        for (var term = Terms; term > 0; term--) rest = term / (u + rest);
        slope = 1 / rest;
        return -gain * gain / 2 - LogRoot + Math.Log(rest / (u + rest));
    }
}
