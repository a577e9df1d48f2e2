namespace FashionSweep.Search.Space;

/// <summary>The normal distribution of mean 0 and deviation 1.</summary>
public static class NormalCurve
{
    // Beyond this a double can't tell the share from 0 or 1.
    private const double Beyond = 8.3;

    /// <summary>
    /// Φ, exact to some units of 1e-16 (Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11/4, 2004, section 2).
    /// </summary>
    public static double Cumulative(double number)
    {
        if (number <= -Beyond) return 0;
        if (number >= Beyond) return 1;
        var (sum, before, term, odd) = (number, 0.0, number, 1.0);
        while (sum != before)
        {
            odd += 2;
            term *= number * number / odd;
            (before, sum) = (sum, sum + term);
        }
        return Math.Clamp(0.5 + sum * Math.Exp(-number * number / 2) / Math.Sqrt(2 * Math.PI), 0, 1);
    }

    /// <summary>The inverse of Φ, to about 1e-16 of its value (Wichura, "Algorithm AS 241", Applied Statistics 37, 1988, PPND16).</summary>
    /// <returns>Infinite for shares of 0 and 1.</returns>
    public static double Quantile(double share)
    {
        var off = share - 0.5;
        if (Math.Abs(off) <= 0.425) return off * Ratio(0.180625 - off * off, Centre);
        var tail = Math.Min(share, 1 - share);
        if (tail <= 0) return off < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var root = Math.Sqrt(-Math.Log(tail));
        var distance = root <= 5 ? Ratio(root - 1.6, Middle) : Ratio(root - 5, Far);
        return off < 0 ? -distance : distance;
    }

    // Each the coefficients above the line and below it, from the constant up.
    private static readonly (double[] Above, double[] Below) Centre = (
        [
            3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
            45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
        ],
        [
            1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
            21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
        ]);

    private static readonly (double[] Above, double[] Below) Middle = (
        [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
        ],
        [
            1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
            0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ]);

    private static readonly (double[] Above, double[] Below) Far = (
        [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
            0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ],
        [
            1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ]);

    private static double Ratio(double x, (double[] Above, double[] Below) polynomials) => Horner(x, polynomials.Above) / Horner(x, polynomials.Below);

    private static double Horner(double x, double[] coefficients)
    {
        var sum = 0.0;
        for (var power = coefficients.Length - 1; power >= 0; power--) sum = sum * x + coefficients[power];
        return sum;
    }
}
