namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Matérn's kernel of smoothness 5/2 (Rasmussen and Williams, "Gaussian processes for machine learning", 2006, equation 4.17).</summary>
internal static class Matern
{
    /// <param name="square">Of the distance in length scales.</param>
    /// <param name="slope">What the correlation loses for half of what is added to the square.</param>
    /// <returns>The correlation of two places.</returns>
    public static double Of(double square, out double slope)
    {
        var distance = Math.Sqrt(5 * square);
        var fall = Math.Exp(-distance);
        slope = 5.0 / 3 * (1 + distance) * fall;
        return (1 + distance + distance * distance / 3) * fall;
    }
}
