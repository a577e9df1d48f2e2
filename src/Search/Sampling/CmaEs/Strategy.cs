namespace FashionSweep.Search.Sampling.CmaEs;

/// <summary>The constants of the strategy: Hansen, "The CMA evolution strategy: a tutorial", 2016, table 1, of which the names in brackets are.</summary>
internal sealed class Strategy
{
    /// <param name="dimensions">[n] At least 1.</param>
    /// <param name="population">[λ] At least 4.</param>
    public Strategy(int dimensions, int population)
    {
        double n = dimensions;
        var raw = Enumerable.Range(1, population).Select(rank => Math.Log((population + 1) / 2.0) - Math.Log(rank)).ToArray();
        var best = raw[..(population / 2)];
        Mass = MassOf(best);
        StepRate = (Mass + 2) / (n + Mass + 5);
        StepDamping = 1 + (2 * Math.Max(0, Math.Sqrt((Mass - 1) / (n + 1)) - 1)) + StepRate;
        PathRate = (4 + (Mass / n)) / (n + 4 + (2 * Mass / n));
        RankOneRate = 2 / (((n + 1.3) * (n + 1.3)) + Mass);
        RankManyRate = Math.Min(1 - RankOneRate, 2 * (0.25 + Mass + (1 / Mass) - 2) / (((n + 2) * (n + 2)) + Mass));
        ExpectedLength = Math.Sqrt(n) * (1 - (1 / (4 * n)) + (1 / (21 * n * n)));

        var worstMass = MassOf(raw[(population / 2)..]);
        var worstSum = Math.Min(
            Math.Min(1 + (RankOneRate / RankManyRate), 1 + (2 * worstMass / (worstMass + 2))), (1 - RankOneRate - RankManyRate) / (n * RankManyRate));
        var (bestTotal, worstTotal) = (raw.Where(weight => weight > 0).Sum(), -raw.Where(weight => weight < 0).Sum());
        Weights = [.. raw.Select(weight => weight > 0 ? weight / bestTotal : worstSum * weight / worstTotal)];
    }

    /// <summary>[w] From the best trial to the worst: positive ones that add up to 1, then negative ones.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>[λ]</summary>
    public int Population => Weights.Count;

    /// <summary>[μeff] As how many equal trials those with positive weights count.</summary>
    public double Mass { get; }

    /// <summary>[cσ]</summary>
    public double StepRate { get; }

    /// <summary>[dσ]</summary>
    public double StepDamping { get; }

    /// <summary>[cc]</summary>
    public double PathRate { get; }

    /// <summary>[c1]</summary>
    public double RankOneRate { get; }

    /// <summary>[cμ]</summary>
    public double RankManyRate { get; }

    /// <summary>[E‖N(0, I)‖]</summary>
    public double ExpectedLength { get; }

    /// <summary>[λ] For a first run.</summary>
    public static int PopulationOf(int dimensions) => 4 + (int)(3 * Math.Log(dimensions));

    private static double MassOf(double[] weights) => weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight);
}
