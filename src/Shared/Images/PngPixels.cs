using System.Buffers.Binary;
using System.IO.Compression;

namespace FashionSweep.Shared.Images;

/// <summary>Unpacks the pixels of a PNG file, and makes each one grey.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[] _transparent;

    private PngPixels(PngHeader header, IReadOnlyList<PngChunk> chunks)
    {
        _header = header;
        _palette = DataOf(chunks, "PLTE");
        _transparent = DataOf(chunks, "tRNS");
        if (header.Colours != PngColours.Palette) return;
        if (_palette.Length == 0 || _palette.Length % 3 != 0) throw new PngException("is damaged: its palette PLTE is missing or no whole number of colours");
    }

    /// <param name="packed">All that the file has of pixels; no more of it is unpacked than the header says.</param>
    /// <exception cref="PngException">There are fewer or more pixels, or they are damaged.</exception>
    public static GreyImage Read(PngHeader header, IReadOnlyList<PngChunk> chunks, Stream packed)
    {
        var pixels = new PngPixels(header, chunks);
        var rows = Unpack(header, packed);
        var grey = new byte[header.Width * header.Height];
        ReadOnlySpan<byte> above = new byte[header.RowBytes];
        for (var y = 0; y < header.Height; y++)
        {
            var start = y * (header.RowBytes + 1);
            var row = rows.AsSpan(start + 1, header.RowBytes);
            Unfilter(rows[start], row, above, header.PixelBytes);
            for (var x = 0; x < header.Width; x++) grey[(y * header.Width) + x] = pixels.Grey(row, x);
            above = row;
        }
        return new GreyImage(header.Width, header.Height, grey);
    }

    private static byte[] DataOf(IReadOnlyList<PngChunk> chunks, string type) => chunks.FirstOrDefault(chunk => chunk.Type == type)?.Data.ToArray() ?? [];

    private static byte[] Unpack(PngHeader header, Stream packed)
    {
        var rows = new byte[header.Height * (header.RowBytes + 1)];
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        try
        {
            if (zlib.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false) < rows.Length)
                throw new PngException($"is damaged: it has fewer pixels than {header.Width} × {header.Height}");
            if (zlib.ReadByte() >= 0) throw new PngException($"is damaged: it has more pixels than {header.Width} × {header.Height}");
        }
        catch (InvalidDataException broken)
        {
            throw new PngException("is damaged: its compressed pixels are broken", broken);
        }
        return rows;
    }

    // Section 9 of the standard: each byte was written as its difference from what the left, upper and upper left bytes foretell.
    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, upperLeft) = i < step ? ((byte)0, (byte)0) : (row[i - step], above[i - step]);
            row[i] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Nearest(left, above[i], upperLeft),
                _ => throw new PngException($"is damaged: a row has filter {filter}, of which there is none"),
            };
        }
    }

    // Paeth's filter.
    private static byte Nearest(byte left, byte above, byte upperLeft)
    {
        var foretold = left + above - upperLeft;
        var (toLeft, toAbove, toUpperLeft) = (Math.Abs(foretold - left), Math.Abs(foretold - above), Math.Abs(foretold - upperLeft));
        return toLeft <= toAbove && toLeft <= toUpperLeft ? left : toAbove <= toUpperLeft ? above : upperLeft;
    }

    private byte Grey(ReadOnlySpan<byte> row, int x)
    {
        var first = x * _header.Channels;
        int At(ReadOnlySpan<byte> row, int channel) => Scaled(Value(row, first + channel));
        return _header.Colours switch
        {
            PngColours.Grey => IsKey(row, first, 1) ? (byte)0 : (byte)At(row, 0),
            PngColours.Rgb => IsKey(row, first, 3) ? (byte)0 : Luma(At(row, 0), At(row, 1), At(row, 2)),
            PngColours.Palette => OfPalette(Value(row, x)),
            PngColours.GreyAlpha => OnBlack((byte)At(row, 0), At(row, 1)),
            _ => OnBlack(Luma(At(row, 0), At(row, 1), At(row, 2)), At(row, 3)),
        };
    }

    private int Value(ReadOnlySpan<byte> row, int index) => _header.Bits switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        8 => row[index],
        var bits => (row[index * bits / 8] >> (8 - bits - (index * bits % 8))) & ((1 << bits) - 1),
    };

    // To 0..255, rounded.
    private int Scaled(int value)
    {
        var most = (1 << _header.Bits) - 1;
        return ((value * 255) + (most / 2)) / most;
    }

    // Without a channel of its own for it, one colour may stand for what is transparent.
    private bool IsKey(ReadOnlySpan<byte> row, int first, int channels)
    {
        if (_transparent.Length != 2 * channels) return false;
        for (var channel = 0; channel < channels; channel++)
            if (BinaryPrimitives.ReadUInt16BigEndian(_transparent.AsSpan(2 * channel)) != Value(row, first + channel)) return false;
        return true;
    }

    private byte OfPalette(int index)
    {
        if (3 * index >= _palette.Length) throw new PngException($"is damaged: a pixel has colour {index} of a palette of {_palette.Length / 3}");
        var colour = _palette.AsSpan(3 * index, 3);
        return OnBlack(Luma(colour[0], colour[1], colour[2]), index < _transparent.Length ? _transparent[index] : 255);
    }

    private static byte OnBlack(byte grey, int alpha) => (byte)(((grey * alpha) + 127) / 255);

    private static byte Luma(int red, int green, int blue) => (byte)(((299 * red) + (587 * green) + (114 * blue) + 500) / 1000);
}
