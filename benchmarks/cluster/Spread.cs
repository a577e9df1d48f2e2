using System.Collections.Concurrent;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Many durations, told from any thread.</summary>
internal sealed class Spread
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    /// <summary>Few, each as seconds, from the least to the worst.</summary>
    public string All() => $"{string.Join(", ", _milliseconds.Order().Select(each => $"{each / 1000:N2}"))} s";

    public override string ToString() => $"{Quantiles()} ms, at worst {Quantiles().Worst:N1} ms";

    public Quantiles Quantiles()
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? new Quantiles(0, 0, 0) : new Quantiles(At(0.5), At(0.99), sorted[^1]);

        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
    }
}

/// <summary>In milliseconds.</summary>
internal sealed record Quantiles(double Median, double P99, double Worst)
{
    public override string ToString() => $"{Median:N1} / {P99:N1}";
}
