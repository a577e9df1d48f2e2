using System.Buffers.Binary;

namespace FashionSweep.Shared.Data;

/// <summary>One file of the data set as it was published: gzipped IDX.</summary>
/// <param name="Shape">The number of images, then rows and columns where it holds pixels.</param>
/// <param name="Sha256">Of the uncompressed content, so that a file that was compressed again still counts as the same.</param>
public sealed record DatasetFile(string Name, IReadOnlyList<int> Shape, string Sha256)
{
    public static DatasetFile TrainImages { get; } =
        new("train-images-idx3-ubyte.gz", [60_000, 28, 28], "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888");

    public static DatasetFile TrainLabels { get; } =
        new("train-labels-idx1-ubyte.gz", [60_000], "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");

    public static DatasetFile TestImages { get; } =
        new("t10k-images-idx3-ubyte.gz", [10_000, 28, 28], "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b");

    public static DatasetFile TestLabels { get; } =
        new("t10k-labels-idx1-ubyte.gz", [10_000], "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    public static IReadOnlyList<DatasetFile> All { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>How many pixels or labels follow the header.</summary>
    public int ItemBytes => Shape.Aggregate((product, next) => product * next);

    /// <summary>What stands before the pixels or labels: 0, 0, the type (8: byte), the number of dimensions, and each of them in four bytes.</summary>
    public byte[] Header()
    {
        var header = new byte[4 + (4 * Shape.Count)];
        (header[2], header[3]) = (8, (byte)Shape.Count);
        for (var i = 0; i < Shape.Count; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), Shape[i]);
        return header;
    }
}
