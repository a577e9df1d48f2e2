namespace FashionSweep.Search.Fronts;

/// <summary>Which of some points no other beats: none is at least as good in every loss and better in one.</summary>
/// <remarks>Points are losses, as many of each, the lower the better; NaN is the worst there is.</remarks>
public static class ParetoFront
{
    /// <returns>The places of those on the front, by their losses. Of equal ones all are on it.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> points) => FrontOf(Ordered(points), points);

    /// <summary>The front is layer 1; without it the next front is layer 2, and so on.</summary>
    /// <param name="enough">Once so many points have a layer, the rest is one more together.</param>
    /// <returns>Of each point.</returns>
    public static int[] Layers(IReadOnlyList<double[]> points, int enough)
    {
        var layers = new int[points.Count];
        var (left, layer) = (Ordered(points), 0);
        while (left.Count > 0)
        {
            layer++;
            var front = points.Count - left.Count >= enough ? left : FrontOf(left, points);
            foreach (var place in front) layers[place] = layer;
            left = [.. left.Where(place => layers[place] == 0)];
        }
        return layers;
    }

    // What beats a point comes before it in this order.
    private static List<int> Ordered(IReadOnlyList<double[]> points) =>
        [.. Enumerable.Range(0, points.Count).Order(Comparer<int>.Create((one, other) => Compare(points[one], points[other]) is not 0 and var order
            ? order : one.CompareTo(other)))];

    // Whoever is beaten at all is beaten by one of the front, which is all known by then.
    private static List<int> FrontOf(List<int> ordered, IReadOnlyList<double[]> points)
    {
        var front = new List<int>();
        foreach (var place in ordered)
            if (!front.Exists(other => Beats(points[other], points[place]))) front.Add(place);
        return front;
    }

    private static bool Beats(double[] one, double[] other)
    {
        var isBetter = false;
        for (var loss = 0; loss < one.Length; loss++)
        {
            var order = Compare(one[loss], other[loss]);
            if (order > 0) return false;
            isBetter |= order < 0;
        }
        return isBetter;
    }

    private static int Compare(double[] one, double[] other)
    {
        for (var loss = 0; loss < one.Length; loss++)
            if (Compare(one[loss], other[loss]) is not 0 and var order) return order;
        return 0;
    }

    private static int Compare(double one, double other) =>
        double.IsNaN(one) || double.IsNaN(other) ? double.IsNaN(one).CompareTo(double.IsNaN(other)) : one.CompareTo(other);
}
