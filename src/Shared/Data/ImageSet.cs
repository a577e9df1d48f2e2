using FashionSweep.Shared.Images;

namespace FashionSweep.Shared.Data;

/// <summary>Images with their classes, image after image.</summary>
/// <param name="Pixels">uint8, [Count, 28, 28], 0..255.</param>
/// <param name="Labels">uint8, [Count], 0..9.</param>
public sealed record ImageSet(byte[] Pixels, byte[] Labels)
{
    /// <summary>Of an image's edges.</summary>
    public const int Side = 28;

    public const int PixelsPerImage = Side * Side;

    public int Count => Labels.Length;

    public GreyImage Picture(int number) => new(Side, Side, Pixels[(number * PixelsPerImage)..((number + 1) * PixelsPerImage)]);
}
