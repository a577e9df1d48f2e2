namespace FashionSweep.Training.Data;

/// <summary>How an image's bytes become a model's inputs.</summary>
internal abstract record PixelScaling
{
    private PixelScaling()
    {
    }

    public static PixelScaling Of(Normalization normalization, TrainingData data) => Of(normalization, () => data);

    /// <param name="data">Asked for only where the scaling depends on it.</param>
    public static PixelScaling Of(Normalization normalization, Func<TrainingData> data) => normalization switch
    {
        Normalization.None => new Linear(1, 0),
        Normalization.Unit => new Linear(1f / byte.MaxValue, 0),
        Normalization.Standard => Standard(data()),
        Normalization.L2 => new UnitLength(),
        _ => throw new InvalidOperationException($"No scaling for {normalization}."),
    };

    public abstract (float Factor, float Offset) For(ReadOnlySpan<byte> pixels);

    private static Linear Standard(TrainingData data)
    {
        var (mean, deviation) = (data.Statistics.PixelMean * byte.MaxValue, data.Statistics.PixelDeviation * byte.MaxValue);
        return new Linear((float)(1 / deviation), (float)(-mean / deviation));
    }

    public sealed record Linear(float Factor, float Offset) : PixelScaling
    {
        public override (float Factor, float Offset) For(ReadOnlySpan<byte> pixels) => (Factor, Offset);
    }

    /// <summary>Each image by itself to a Euclidean length of 1; one without a lit pixel stays as it is.</summary>
    public sealed record UnitLength : PixelScaling
    {
        public override (float Factor, float Offset) For(ReadOnlySpan<byte> pixels)
        {
            var squares = 0;
            foreach (var pixel in pixels) squares += pixel * pixel;
            return (squares == 0 ? 1 : (float)(1 / Math.Sqrt(squares)), 0);
        }
    }
}
