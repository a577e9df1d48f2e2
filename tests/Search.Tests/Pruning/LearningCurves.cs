namespace FashionSweep.Search.Tests.Pruning;

/// <summary>Made-up learning curves: error = floor + range·epoch^-speed, with noise of its own in each epoch.</summary>
/// <remarks>
/// The floors lie between 9 and 40 percent, most of them near the best as in a sweep of sensible ranges;
/// the speeds know nothing of the floors, so that curves cross.
/// </remarks>
internal static class LearningCurves
{
    public static IReadOnlyList<double[]> Make(int trials, int epochs, double noise, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, trials).Select(_ => Curve(random, epochs, noise))];
    }

    private static double[] Curve(Random random, int epochs, double noise)
    {
        var floor = 0.09 + (0.31 * Math.Pow(random.NextDouble(), 3));
        var (range, speed) = (0.05 + (0.25 * random.NextDouble()), 0.5 + random.NextDouble());
        return [.. Enumerable.Range(1, epochs).Select(epoch => 1 - floor - (range * Math.Pow(epoch, -speed)) + (noise * Normal(random)))];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
