using FashionSweep.Shared.Images;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>
/// One image: two pixels a character as half-blocks in greys where there are colours, so that each pixel of 28 × 28 is shown as it is; else by the
/// weight of a letter. A terminal that shows pictures gets it as one.
/// </summary>
/// <param name="width">In characters, even.</param>
/// <param name="asPicture">By <see cref="KittyGraphics"/>.</param>
internal sealed class ImageTile(GreyImage image, int width, bool asPicture = false) : Renderable
{
    private const string Ramp = " .:-=+*#%@";

    /// <summary>Lines of text that it takes.</summary>
    public int Lines => Math.Max(1, (int)Math.Round((double)width * image.Height / image.Width / 2));

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(width, width);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => (options.Unicode, options.ColorSystem) switch
    {
        _ when asPicture => Picture(),
        (true, ColorSystem.TrueColor) => HalfBlocks(Grey),
        (true, ColorSystem.EightBit) => HalfBlocks(GreyOfPalette),
        (true, ColorSystem.Standard) => HalfBlocks(GreyOfSixteen),
        _ => Letters(),
    };

    private IEnumerable<Segment> Picture()
    {
        yield return Segment.Control(KittyGraphics.Place(image, width, Lines));
        for (var y = 0; y < Lines; y++)
        {
            yield return new Segment(new string(' ', width));
            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<Segment> HalfBlocks(Func<double, Color> grey)
    {
        var scaled = Scale(2 * Lines);
        for (var y = 0; y < 2 * Lines; y += 2)
        {
            for (var x = 0; x < width; x++) yield return new Segment("▀", new Style(grey(scaled[x, y]), grey(scaled[x, y + 1])));
            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<Segment> Letters()
    {
        var scaled = Scale(Lines);
        for (var y = 0; y < Lines; y++)
        {
            yield return new Segment(string.Concat(Enumerable.Range(0, width).Select(x => Ramp[(int)(scaled[x, y] * (Ramp.Length - 1) / 255 + 0.5)])));
            yield return Segment.LineBreak;
        }
    }

    // Each target pixel is the mean of the area that it covers.
    private double[,] Scale(int height)
    {
        var (across, down) = (Weights(image.Width, width), Weights(image.Height, height));
        var scaled = new double[width, height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                foreach (var (row, rowWeight) in down[y])
                    foreach (var (column, columnWeight) in across[x])
                        scaled[x, y] += image.Pixels[(row * image.Width) + column] * rowWeight * columnWeight;
        return scaled;
    }

    private static (int Source, double Weight)[][] Weights(int sources, int targets)
    {
        var step = (double)sources / targets;
        return [.. Enumerable.Range(0, targets).Select(target => Enumerable.Range(0, sources)
            .Select(source => (source, Weight: (Math.Min(source + 1, (target + 1) * step) - Math.Max(source, target * step)) / step))
            .Where(share => share.Weight > 0).ToArray())];
    }

    private static Color Grey(double value)
    {
        var level = (byte)Math.Round(value);
        return new Color(level, level, level);
    }

    // 24 greys from 232 on, between black (16) and white (231): the palette's other greys change with the terminal's theme.
    private static Color GreyOfPalette(double value) => Color.FromInt32(value < 4 ? 16 : value > 242 ? 231 : 232 + (int)Math.Round((value - 8) / 10));

    // Black, bright black, white, bright white: most themes have them near 0, 110, 200 and 255.
    private static Color GreyOfSixteen(double value) => Color.FromInt32(value < 55 ? 0 : value < 155 ? 8 : value < 228 ? 7 : 15);
}
