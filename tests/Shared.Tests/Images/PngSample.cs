using System.Buffers.Binary;
using System.IO.Compression;
using FashionSweep.Shared.Images;

namespace FashionSweep.Shared.Tests.Images;

/// <summary>A PNG file of any kind, put together part by part.</summary>
/// <param name="Rows">Each with its filter's byte.</param>
internal sealed record PngSample(int Width, int Height, int Bits, int Colours, byte[] Rows)
{
    public byte Interlace { get; init; }

    public byte[]? Palette { get; init; }

    public byte[]? Transparent { get; init; }

    /// <summary>In place of packed <see cref="Rows"/>.</summary>
    public byte[]? Packed { get; init; }

    public static int ChannelsOf(int colours) => colours switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Of random bytes, row after row with the next filter.</summary>
    public static PngSample Random(int width, int height, int bits, int colours, int seed)
    {
        var random = new Random(seed);
        var rowBytes = ((width * ChannelsOf(colours) * bits) + 7) / 8;
        var rows = new byte[height * (rowBytes + 1)];
        random.NextBytes(rows);
        for (var row = 0; row < height; row++) rows[row * (rowBytes + 1)] = (byte)((row + seed) % 5);
        var palette = new byte[3 * 256];
        random.NextBytes(palette);
        return new PngSample(width, height, bits, colours, rows) { Palette = colours == 3 ? palette[..(3 << bits)] : null };
    }

    public byte[] ToBytes()
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Bits, (byte)Colours, Interlace);
        PngChunk.Write(file, "IHDR", header);
        PngChunk.Write(file, "tEXt", "Software\0a test"u8);
        if (Palette is not null) PngChunk.Write(file, "PLTE", Palette);
        if (Transparent is not null) PngChunk.Write(file, "tRNS", Transparent);
        var packed = Packed ?? Pack(Rows);
        // In two parts, as large files have them.
        PngChunk.Write(file, "IDAT", packed.AsSpan(..(packed.Length / 2)));
        PngChunk.Write(file, "IDAT", packed.AsSpan((packed.Length / 2)..));
        PngChunk.Write(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Pack(byte[] rows)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(rows);
        return packed.ToArray();
    }
}
