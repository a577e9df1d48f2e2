using System.Buffers.Binary;
using System.Text;

namespace FashionSweep.Shared.Images;

/// <summary>One part of a PNG file: length, type, data, and the CRC-32 of the two.</summary>
internal sealed record PngChunk(string Type, ReadOnlyMemory<byte> Data)
{
    private const int Around = 12;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    /// <summary>The first of some bytes, which then begin behind it.</summary>
    /// <exception cref="PngException">They end within it, or it is damaged.</exception>
    public static PngChunk Take(ref ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < Around) throw Truncated();
        var length = BinaryPrimitives.ReadUInt32BigEndian(span);
        if (length > span.Length - Around) throw Truncated();
        var summed = span.Slice(4, 4 + (int)length);
        var sum = BinaryPrimitives.ReadUInt32BigEndian(span[(8 + (int)length)..]);
        var chunk = new PngChunk(Encoding.Latin1.GetString(summed[..4]), bytes.Slice(8, (int)length));
        if (Crc32(summed) != sum) throw new PngException($"is damaged: the checksum of its part {Shown(chunk.Type)} is wrong");
        bytes = bytes[(Around + (int)length)..];
        return chunk;
    }

    public static void Write(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[Around + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4), Crc32(chunk.AsSpan(4..^4)));
        stream.Write(chunk);
    }

    private static PngException Truncated() => new("is truncated: it ends before its part IEND");

    private static string Shown(string type) => type.All(char.IsAsciiLetter) ? type : Convert.ToHexString(Encoding.Latin1.GetBytes(type));

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes) sum = Remainders[(byte)(sum ^ value)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? 0xedb88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
