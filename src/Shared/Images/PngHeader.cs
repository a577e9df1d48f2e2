using System.Buffers.Binary;
using System.Globalization;

namespace FashionSweep.Shared.Images;

/// <summary>What a PNG file says of itself, checked.</summary>
/// <param name="Bits">Of one channel's value: 1, 2, 4, 8 or 16.</param>
internal sealed record PngHeader(int Width, int Height, int Bits, PngColours Colours)
{
    public int Channels => Colours switch
    {
        PngColours.Rgb => 3,
        PngColours.GreyAlpha => 2,
        PngColours.Rgba => 4,
        _ => 1,
    };

    /// <summary>Packed pixels, without the filter's byte before them.</summary>
    public int RowBytes => ((Width * Channels * Bits) + 7) / 8;

    /// <summary>From a byte to that of the pixel before which filters hold it against.</summary>
    public int PixelBytes => Math.Max(1, Channels * Bits / 8);

    /// <exception cref="PngException">The first chunk is no header, or one of a picture that is not read here.</exception>
    public static PngHeader Read(IReadOnlyList<PngChunk> chunks)
    {
        if (chunks[0] is not { Type: "IHDR", Data: { Length: 13 } data }) throw new PngException("is damaged: it does not start with its header IHDR");
        var bytes = data.Span;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
        if (width == 0 || height == 0) throw new PngException($"is {width} × {height}, which is no picture");
        if (width > PngFile.LongestSide || height > PngFile.LongestSide)
        {
            const int Most = PngFile.LongestSide;
            throw new PngException(string.Create(CultureInfo.InvariantCulture, $"is {width:N0} × {height:N0}, must be at most {Most:N0} × {Most:N0}"));
        }
        var (bits, colours) = (bytes[8], (PngColours)bytes[9]);
        if (!AllowedBits(colours).Contains(bits)) throw new PngException($"has {bits} bits with colour type {(int)colours}, which no PNG has");
        if (bytes[10] != 0 || bytes[11] != 0) throw new PngException("is packed in a way that no PNG is");
        return bytes[12] == 0
            ? new PngHeader((int)width, (int)height, bits, colours)
            : throw new PngException("is interlaced, must not be: save it without interlacing (Adam7)");
    }

    private static byte[] AllowedBits(PngColours colours) => colours switch
    {
        PngColours.Grey => [1, 2, 4, 8, 16],
        PngColours.Palette => [1, 2, 4, 8],
        PngColours.Rgb or PngColours.GreyAlpha or PngColours.Rgba => [8, 16],
        _ => [],
    };
}

/// <summary>By its number in the file.</summary>
internal enum PngColours
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
