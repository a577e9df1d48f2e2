using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Results.Pictures;

/// <summary>A sheet of pictures as one picture, in greys.</summary>
public static class PngSheet
{
    private const int Across = 3;
    private const int Scale = 4;
    private const int Gap = 16;
    private const int ImageSide = ImageSet.Side * Scale;
    private const int LineHeight = 10;
    private const int BarWidth = 60;
    private const byte Ink = 230;
    private const byte Faint = 130;

    private static readonly int NameWidth = FashionMnist.Classes.Max(name => name.Length);
    private static readonly int ValueAt = Lettering.WidthOf(NameWidth + 1);
    private static readonly int BarAt = Lettering.WidthOf(NameWidth + 1 + "0.00 ".Length);

    public static GreyImage Of(PictureSheet sheet)
    {
        var hasModel = sheet.Pictures.Any(picture => picture.Probabilities is not null);
        var (width, height) = hasModel
            ? (ImageSide + 8 + BarAt + BarWidth, Math.Max(ImageSide, 12 * LineHeight))
            : (ImageSide, ImageSide + (2 * LineHeight) + 4);
        var across = Math.Clamp(sheet.Pictures.Count, 1, hasModel ? Across : 2 * Across);
        var rows = (sheet.Pictures.Count + across - 1) / across;
        var canvas = new Canvas(Gap + (across * (width + Gap)), (2 * Gap) + LineHeight + (rows * (height + Gap)));
        canvas.Write(Gap, Gap, sheet.Title, Ink);
        foreach (var (index, picture) in sheet.Pictures.Index())
        {
            var (x, y) = (Gap + (index % across * (width + Gap)), (2 * Gap) + LineHeight + (index / across * (height + Gap)));
            canvas.Draw(x, y, picture.Image, ImageSide);
            if (hasModel) Describe(canvas, x + ImageSide + 8, y, picture);
            else Caption(canvas, x, y + ImageSide + 4, picture);
        }
        return canvas.Image;
    }

    private static void Caption(Canvas canvas, int x, int y, Picture picture)
    {
        canvas.Write(x, y, picture.TrueClass ?? "", Ink);
        canvas.Write(x, y + LineHeight, picture.Name, Faint);
    }

    private static void Describe(Canvas canvas, int x, int y, Picture picture)
    {
        canvas.Write(x, y, $"{picture.TrueClass} {picture.Name}".TrimStart(), Ink);
        canvas.Write(x, y + LineHeight, picture.Verdict, Ink);
        foreach (var (label, probability) in (picture.Probabilities ?? []).Index())
        {
            var (line, ink) = (y + ((label + 2) * LineHeight), label == picture.Predicted || label == picture.Truth ? Ink : Faint);
            canvas.Write(x, line, FashionMnist.Classes[label], ink);
            canvas.Write(x + ValueAt, line, probability.ToString("0.00", CultureInfo.InvariantCulture), ink);
            canvas.Fill(x + BarAt, line, (int)Math.Round(probability * BarWidth), Lettering.Height, ink);
        }
    }

    /// <summary>Something to draw on, black at first. What lies outside is left out.</summary>
    private sealed class Canvas(int width, int height)
    {
        public GreyImage Image { get; } = new(width, height, new byte[width * height]);

        public void Draw(int left, int top, GreyImage image, int side)
        {
            for (var y = 0; y < side; y++)
                for (var x = 0; x < side; x++) Set(left + x, top + y, image.Pixels[(y * image.Height / side * image.Width) + (x * image.Width / side)]);
        }

        public void Fill(int left, int top, int wide, int high, byte ink)
        {
            for (var y = top; y < top + high; y++)
                for (var x = left; x < left + wide; x++) Set(x, y, ink);
        }

        public void Write(int left, int top, string text, byte ink)
        {
            foreach (var (x, y) in Lettering.Dots(text)) Set(left + x, top + y, ink);
        }

        private void Set(int x, int y, byte ink)
        {
            if (x < width && y < height) Image.Pixels[(y * width) + x] = ink;
        }
    }
}
