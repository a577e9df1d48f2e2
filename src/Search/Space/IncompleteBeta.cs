namespace FashionSweep.Search.Space;

/// <summary>The share of a beta distribution below a number, and back.</summary>
public static class IncompleteBeta
{
    private const int MostTerms = 10_000;
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b) by its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22), evaluated by Lentz's method.</summary>
    public static double Regularized(double a, double b, double x)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        // The fraction converges fast below the mean only.
        if (x > (a + 1) / (a + b + 2)) return 1 - Regularized(b, a, 1 - x);
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(1 - x) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;
        return Math.Clamp(front * Fraction(a, b, x), 0, 1);
    }

    /// <summary>The x of which I_x(a, b) is the share, by halving: to 2^-60.</summary>
    public static double Inverse(double a, double b, double share)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (Regularized(a, b, middle) < share) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Fraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / Away(1 - (a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            (c, d) = (Away(1 + even / c), 1 / Away(1 + even * d));
            value *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            (c, d) = (Away(1 + odd / c), 1 / Away(1 + odd * d));
            value *= c * d;
            if (Math.Abs(c * d - 1) < 1e-16) break;
        }
        return value;
    }

    private static double Away(double number) => Math.Abs(number) < Tiny ? Tiny : number;

    // Lanczos ("A precision approximation of the gamma function", SIAM Journal on Numerical Analysis B 1, 1964) with g = 7 and nine terms.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    private static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var sum = Lanczos[0];
        for (var term = 1; term < Lanczos.Length; term++) sum += Lanczos[term] / (x - 1 + term);
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(x + 6.5) - (x + 6.5) + Math.Log(sum);
    }
}
