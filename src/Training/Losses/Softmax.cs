namespace FashionSweep.Training.Losses;

/// <summary>Probabilities of one image's classes, in double precision.</summary>
internal static class Softmax
{
    public static void Of(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        double highest = logits[Highest(logits)], sum = 0;
        for (var i = 0; i < logits.Length; i++) sum += probabilities[i] = Math.Exp(logits[i] - highest);
        for (var i = 0; i < logits.Length; i++) probabilities[i] /= sum;
    }

    /// <summary>The first of the highest.</summary>
    public static int Highest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
            if (logits[i] > logits[best]) best = i;
        return best;
    }
}
