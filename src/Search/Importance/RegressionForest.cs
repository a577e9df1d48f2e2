using FashionSweep.Search.Space;

namespace FashionSweep.Search.Importance;

/// <summary>
/// Regression trees of which each has seen its own draw of the points, as many as there are, with repetition (Breiman 2001).
/// Every tree may ask for every parameter.
/// </summary>
internal sealed class RegressionForest
{
    private const int Trees = 64;
    private const string Stream = "importance";

    /// <param name="points">Each with a value.</param>
    public RegressionForest(IReadOnlyList<BinnedParameter> parameters, IReadOnlyList<TriedPoint> points, long seed)
    {
        int[][] bins = [.. points.Select(point => point.Bins.ToArray())];
        double[] values = [.. points.Select(point => point.Value!.Value)];
        var (sums, counts) = (new double[values.Length], new int[values.Length]);
        var key = SplitMix64.Key(seed, Stream);
        // Of many points single ones say nothing, and leaves of one make a tree of no use slow.
        var leastRows = Math.Max(2, values.Length / 1000);
        for (var tree = 0; tree < Trees; tree++)
        {
            var (rows, random) = (new int[values.Length], SplitMix64.At(key, tree));
            for (var row = 0; row < rows.Length; row++) rows[row] = (int)random.NextBelow((ulong)rows.Length);
            var grown = new RegressionTree(parameters, bins, values, rows, leastRows);
            Grown.Add(grown);
            foreach (var unseen in Enumerable.Range(0, values.Length).Except(rows))
            {
                sums[unseen] += grown.Predict(bins[unseen]);
                counts[unseen]++;
            }
        }
        Explained = ExplainedOf(values, sums, counts);
    }

    public List<RegressionTree> Grown { get; } = [];

    /// <summary>The share of the values' variance that the trees foretell of points that they have not seen; below 0 where a mean would do better.</summary>
    public double Explained { get; }

    private static double ExplainedOf(double[] values, double[] sums, int[] counts)
    {
        var mean = values.Average();
        var (wrong, all) = (0.0, 0.0);
        for (var index = 0; index < values.Length; index++)
        {
            if (counts[index] == 0) continue;
            wrong += Square(values[index] - (sums[index] / counts[index]));
            all += Square(values[index] - mean);
        }
        return all > 0 ? 1 - (wrong / all) : 0;
    }

    private static double Square(double value) => value * value;
}
