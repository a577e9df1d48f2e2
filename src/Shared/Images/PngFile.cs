using System.Buffers.Binary;
using System.IO.Compression;

namespace FashionSweep.Shared.Images;

/// <summary>Portable Network Graphics, as RFC 2083 and the W3C's third edition of 2025 have them: read as greys, written in greys of 8 bits.</summary>
public static class PngFile
{
    /// <summary>Neither side of a picture that is read may be longer.</summary>
    public const int LongestSide = 1000;

    // More than the largest picture takes that isn't compressed at all: 16 bits in four channels.
    private const int MostBytes = 16 << 20;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>
    /// Reads greys, colours (as their luma by BT.601) and palettes of 1 to 16 bits. What is transparent shows black, on which the garments of
    /// Fashion-MNIST lie.
    /// </summary>
    /// <exception cref="PngException">It is no PNG, damaged, interlaced or too large: its size is known before anything is unpacked.</exception>
    public static GreyImage Read(Stream stream)
    {
        var bytes = ReadAll(stream);
        var chunks = ChunksOf(bytes);
        var header = PngHeader.Read(chunks);
        var packed = new MemoryStream();
        foreach (var chunk in chunks.Where(chunk => chunk.Type == "IDAT")) packed.Write(chunk.Data.Span);
        packed.Position = 0;
        return PngPixels.Read(header, chunks, packed);
    }

    /// <summary>Each row as it is: packed, such small pictures are small without a filter.</summary>
    public static void Write(Stream stream, GreyImage image)
    {
        stream.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        PngChunk.Write(stream, "IHDR", header);
        PngChunk.Write(stream, "IDAT", Pack(image));
        PngChunk.Write(stream, "IEND", []);
    }

    /// <summary>The picture as an address that holds all of it, for a page that asks for nothing.</summary>
    public static string DataUri(GreyImage image)
    {
        var file = new MemoryStream();
        Write(file, image);
        return $"data:image/png;base64,{Convert.ToBase64String(file.ToArray())}";
    }

    private static byte[] Pack(GreyImage image)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < image.Height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(image.Pixels, row * image.Width, image.Width);
            }
        }
        return packed.ToArray();
    }

    private static byte[] ReadAll(Stream stream)
    {
        var (bytes, block) = (new MemoryStream(), new byte[1 << 15]);
        while (stream.Read(block) is > 0 and var read)
        {
            if (bytes.Length + read > MostBytes) throw new PngException($"is larger than {MostBytes >> 20} MB, which no picture is that can be read here");
            bytes.Write(block, 0, read);
        }
        return bytes.ToArray();
    }

    private static List<PngChunk> ChunksOf(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Signature)) throw new PngException(WhatElse(bytes));
        var chunks = new List<PngChunk>();
        ReadOnlyMemory<byte> rest = bytes.AsMemory(Signature.Length);
        do
        {
            chunks.Add(PngChunk.Take(ref rest));
            // Before the rest is looked at: it may be all that there is of a bomb.
            if (chunks.Count == 1) PngHeader.Read(chunks);
        }
        while (chunks[^1].Type != "IEND");
        return chunks;
    }

    private static string WhatElse(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => "is empty, must be a PNG",
        [0xff, 0xd8, ..] => "is a JPEG, must be a PNG",
        [(byte)'G', (byte)'I', (byte)'F', ..] => "is a GIF, must be a PNG",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "is a WebP or another RIFF file, must be a PNG",
        [(byte)'B', (byte)'M', ..] => "is a bitmap, must be a PNG",
        _ => $"starts with {Convert.ToHexString(bytes[..Math.Min(4, bytes.Length)])}, must be a PNG, which starts with 89504E47",
    };
}
