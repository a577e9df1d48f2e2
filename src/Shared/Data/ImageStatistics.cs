namespace FashionSweep.Shared.Data;

/// <summary>What a set of images looks like in numbers.</summary>
/// <param name="ClassCounts">Images per class, by label.</param>
/// <param name="PixelMean">Over all pixels of all images, scaled to 0 to 1.</param>
/// <param name="PixelDeviation">The standard deviation of the same.</param>
/// <param name="Histogram">How many pixels have each value from 0 to 255.</param>
public sealed record ImageStatistics(IReadOnlyList<int> ClassCounts, double PixelMean, double PixelDeviation, IReadOnlyList<long> Histogram)
{
    private const double White = 255;

    /// <summary>The darkest pixel, 0 to 255.</summary>
    public int PixelMinimum => Histogram.Index().First(value => value.Item > 0).Index;

    /// <summary>The brightest pixel, 0 to 255.</summary>
    public int PixelMaximum => Histogram.Index().Last(value => value.Item > 0).Index;

    public static ImageStatistics Of(ImageSet images)
    {
        var classes = new int[FashionMnist.Classes.Count];
        foreach (var label in images.Labels) classes[label]++;

        // A pixel has 256 values: counting them makes both sums exact.
        var histogram = new long[256];
        foreach (var pixel in images.Pixels) histogram[pixel]++;
        double sum = 0, squares = 0;
        for (var value = 0; value < histogram.Length; value++)
        {
            sum += (double)histogram[value] * value;
            squares += (double)histogram[value] * value * value;
        }
        var mean = sum / images.Pixels.Length;
        return new ImageStatistics(classes, mean / White, Math.Sqrt((squares / images.Pixels.Length) - (mean * mean)) / White, histogram);
    }
}
