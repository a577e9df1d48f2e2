namespace FashionSweep.Search.Fronts;

/// <summary>How much of a box of losses some points leave behind them: the measure of a front (Zitzler and Thiele, 1998).</summary>
/// <remarks>By slices along the last loss (While, Hingston, Barone and Huband, "A faster algorithm for calculating hypervolume", 2006, section II).</remarks>
/// <param name="best">Of each loss: a corner of the box.</param>
/// <param name="worst">Of each loss: the other corner.</param>
public sealed class Hypervolume(IReadOnlyList<double> best, IReadOnlyList<double> worst)
{
    /// <summary>The box around some points. A loss in which all are alike has a side of no length, and counts for nothing.</summary>
    /// <param name="points">At least one; all finite.</param>
    public static Hypervolume Around(IReadOnlyList<double[]> points) => new(
        [.. points[0].Select((_, loss) => points.Min(point => point[loss]))], [.. points[0].Select((_, loss) => points.Max(point => point[loss]))]);

    /// <returns>Of the box, from 0 to 1.</returns>
    public double ShareOf(IEnumerable<double[]> points)
    {
        int[] sides = [.. Enumerable.Range(0, best.Count).Where(loss => worst[loss] > best[loss])];
        if (sides.Length == 0) return 0;
        return Behind([.. points.Select(point => Array.ConvertAll(sides, loss => Math.Clamp((point[loss] - best[loss]) / (worst[loss] - best[loss]), 0, 1)))],
            sides.Length);
    }

    private static double Behind(List<double[]> points, int losses)
    {
        if (points.Count == 0) return 0;
        if (losses == 1) return 1 - points.Min(point => point[0]);
        var (last, volume) = (losses - 1, 0.0);
        List<double[]> ordered = [.. points.OrderBy(point => point[last])];
        for (var slice = 0; slice < ordered.Count; slice++)
        {
            var to = slice + 1 < ordered.Count ? ordered[slice + 1][last] : 1;
            if (to > ordered[slice][last]) volume += (to - ordered[slice][last]) * Behind(ordered[..(slice + 1)], last);
        }
        return volume;
    }
}
