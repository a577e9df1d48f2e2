using FashionSweep.Shared.Images;

namespace FashionSweep.Shared.Data;

/// <summary>What the images of one class have in common, and where they differ.</summary>
/// <param name="PixelMean">Over all pixels of its images, scaled to 0 to 1.</param>
/// <param name="PixelDeviation">The standard deviation of the same.</param>
/// <param name="Mean">Of each pixel over the images.</param>
/// <param name="Deviation">Twice the standard deviation of each pixel over the images: that is 127.5 at most, where half of them are black, half white.</param>
public sealed record ClassImages(int Label, double PixelMean, double PixelDeviation, GreyImage Mean, GreyImage Deviation)
{
    private const double White = 255;

    /// <summary>Of each class that has images, by label.</summary>
    public static IReadOnlyList<ClassImages> Of(ImageSet images)
    {
        var classes = FashionMnist.Classes.Count;
        var (sums, squares, counts) = (new long[classes * ImageSet.PixelsPerImage], new long[classes * ImageSet.PixelsPerImage], new int[classes]);
        for (var image = 0; image < images.Count; image++)
        {
            var first = images.Labels[image] * ImageSet.PixelsPerImage;
            var pixels = images.Pixels.AsSpan(image * ImageSet.PixelsPerImage, ImageSet.PixelsPerImage);
            for (var i = 0; i < pixels.Length; i++)
            {
                sums[first + i] += pixels[i];
                squares[first + i] += pixels[i] * pixels[i];
            }
            counts[images.Labels[image]]++;
        }
        return
        [
            .. Enumerable.Range(0, classes).Where(label => counts[label] > 0)
                .Select(label => Of(label, counts[label], PartOf(sums, label), PartOf(squares, label))),
        ];
    }

    private static ReadOnlyMemory<long> PartOf(long[] all, int label) => all.AsMemory(label * ImageSet.PixelsPerImage, ImageSet.PixelsPerImage);

    private static ClassImages Of(int label, int count, ReadOnlyMemory<long> sums, ReadOnlyMemory<long> squares)
    {
        var (mean, deviation) = (new byte[ImageSet.PixelsPerImage], new byte[ImageSet.PixelsPerImage]);
        double all = 0, allSquares = 0;
        for (var i = 0; i < mean.Length; i++)
        {
            var (average, square) = ((double)sums.Span[i] / count, (double)squares.Span[i] / count);
            mean[i] = (byte)Math.Round(average);
            deviation[i] = (byte)Math.Round(2 * Root(square - (average * average)));
            (all, allSquares) = (all + (average / mean.Length), allSquares + (square / mean.Length));
        }
        return new ClassImages(label, all / White, Root(allSquares - (all * all)) / White, Image(mean), Image(deviation));
    }

    // Rounding may leave a variance of 0 a trace below it.
    private static double Root(double variance) => Math.Sqrt(Math.Max(0, variance));

    private static GreyImage Image(byte[] pixels) => new(ImageSet.Side, ImageSet.Side, pixels);
}
