namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Losses on a scale on which their process is near to a Gaussian one.</summary>
internal static class LossScale
{
    /// <summary>
    /// As far above the best as the middle one is at most, they stay as they are; beyond, they count by their logarithm, so that the worst don't drown the
    /// differences of the good ones. Those without a loss are half a step worse than the worst.
    /// </summary>
    /// <param name="losses">NaN where there is none.</param>
    /// <returns>Of mean 0 and deviation 1; all 0 where nothing is known.</returns>
    public static double[] Of(IReadOnlyList<double> losses)
    {
        double[] known = [.. losses.Where(loss => !double.IsNaN(loss)).Order()];
        if (known.Length == 0) return new double[losses.Count];
        var best = known[0];
        var unit = known[(known.Length - 1) / 2] - best;
        if (unit <= 0) unit = known.Average() - best;
        double[] squashed = [.. losses.Select(loss => unit > 0 ? Squash((loss - best) / unit) : loss - best)];
        var worst = squashed.Where(loss => !double.IsNaN(loss)).Max();
        squashed = [.. squashed.Select(loss => double.IsNaN(loss) ? worst + 0.5 : loss)];
        var mean = squashed.Average();
        var deviation = Math.Sqrt(squashed.Average(loss => (loss - mean) * (loss - mean)));
        return [.. squashed.Select(loss => deviation > 0 ? (loss - mean) / deviation : 0)];
    }

    private static double Squash(double part) => part <= 1 ? part : 1 + Math.Log(part);
}
