namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>The scales that explain some losses best.</summary>
internal static class Fit
{
    // Of logarithms: no scale that data could ask for lies beyond.
    private const double Farthest = 14;
    private const int MostSteps = 40;
    private const double FirstStep = 0.5;

    // Beside the likeliest scales: all short, in case the losses are rough, and much noise.
    private const double Shorter = -1.2;
    private const double Noisier = 5;

    /// <inheritdoc cref="Evidence(Embedding, IReadOnlyList{double[]}, double[], double[])"/>
    public static Scales Of(Embedding embedding, IReadOnlyList<double[]> places, double[] losses, double[] shares) =>
        Of(embedding, new Evidence(embedding, places, losses, shares));

    public static Scales Of(Embedding embedding, Evidence evidence)
    {
        var descent = new BoxDescent(evidence.Of, -Farthest, Farthest);
        return Scales.Of(Starts(embedding).Select(start => descent.From(start, FirstStep, MostSteps)).MinBy(end => end.Value).Place);
    }

    private static IEnumerable<double[]> Starts(Embedding embedding)
    {
        var axes = embedding.Axes;
        var middle = ScalePrior.Middle(axes - embedding.Sweeps, embedding.Sweeps);
        yield return middle;
        yield return [.. middle.Select((logarithm, index) => logarithm + (index < axes ? Shorter : index == axes ? 0 : Noisier))];
    }
}
