using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Data;

/// <summary>Files of images as MNIST has them, of any number of images; those of Fashion-MNIST itself are <see cref="IdxFile"/>s.</summary>
internal static class IdxImages
{
    // Ten times what Fashion-MNIST has to train with: 470 MB.
    private const int MostImages = 600_000;

    /// <exception cref="InputException">It is no such file, or that of its classes does not fit; says why.</exception>
    public static ImageFiles Read(string path)
    {
        var pixels = Items(path, ImageSet.Side, ImageSet.Side);
        var count = pixels.Length / ImageSet.PixelsPerImage;
        var labels = LabelsOf(path) is { } beside ? Labels(beside, path, count) : null;
        return new ImageFiles(
            path, new ImageSet(pixels, labels ?? new byte[count]),
            [.. Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"#{number}"))], labels is not null);
    }

    private static string? LabelsOf(string path)
    {
        var name = Path.GetFileName(path);
        var labels = Path.Combine(Path.GetDirectoryName(path)!, name.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal));
        return labels != path && File.Exists(labels) ? labels : null;
    }

    private static byte[] Labels(string path, string images, int count)
    {
        var labels = Items(path);
        if (labels.Length != count) throw new InputException($"{path}: has {labels.Length:N0} labels, must have {count:N0}, as many as {images} has images");
        if (labels.Max() is var label && label >= FashionMnist.Classes.Count)
            throw new InputException($"{path}: has label {label}, must be 0 to {FashionMnist.Classes.Count - 1}");
        return labels;
    }

    private static byte[] Items(string path, params int[] shape)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = IsCompressed(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            var header = new byte[8 + (4 * shape.Length)];
            if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
                throw new InputException($"{path}: ends within its header");
            var items = new byte[CountIn(path, header, shape) * shape.Aggregate(1, (product, size) => product * size)];
            if (stream.ReadAtLeast(items, items.Length, throwOnEndOfStream: false) < items.Length || stream.ReadByte() >= 0)
                throw new InputException($"{path}: is shorter or longer than its header says");
            return items;
        }
        catch (InvalidDataException broken)
        {
            throw new InputException($"{path}: is damaged: its compressed data is broken", broken);
        }
    }

    private static bool IsCompressed(FileStream file)
    {
        var isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isCompressed;
    }

    // 0, 0, the type (8: byte), the number of dimensions, and each of them in four bytes.
    private static int CountIn(string path, byte[] header, int[] shape)
    {
        if (header is not [0, 0, 8, var dimensions, ..] || dimensions != 1 + shape.Length)
        {
            var start = Convert.ToHexString(header, 0, 4);
            throw new InputException($"{path}: starts with {start}, must be a PNG, or an IDX file, which starts with 0000080{1 + shape.Length}");
        }
        var sizes = Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i))).ToList();
        if (!sizes.Skip(1).SequenceEqual(shape.Select(size => (uint)size)))
            throw new InputException($"{path}: its images are {string.Join(" × ", sizes.Skip(1))}, must be {string.Join(" × ", shape)}");
        return sizes[0] is >= 1 and <= MostImages
            ? (int)sizes[0]
            : throw new InputException($"{path}: has {sizes[0]:N0} items, must have 1 to {MostImages:N0}");
    }
}
