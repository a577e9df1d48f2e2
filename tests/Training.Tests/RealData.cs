using System.IO.Compression;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;

namespace FashionSweep.Training.Tests;

/// <summary>Fashion-MNIST from where its package or the environment puts it, read once.</summary>
internal static class RealData
{
    private const int PixelsPerImage = 28 * 28;
    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    private static readonly Lazy<TrainingData> Loaded = new(() => new TrainingData(Read("train", 60000), Read("t10k", 10000)));

    public static TrainingData FashionMnist => Loaded.Value;

    private static string Folder => Environment.GetEnvironmentVariable("FASHION_MNIST_DIR") ?? "/usr/share/datasets/fashion-mnist";

    private static ImageSet Read(string name, int count) => new(
        Unpack($"{name}-images-idx3-ubyte.gz", ImageHeader, count * PixelsPerImage), Unpack($"{name}-labels-idx1-ubyte.gz", LabelHeader, count));

    private static byte[] Unpack(string file, int header, int count)
    {
        using var unpacked = new GZipStream(File.OpenRead(Path.Combine(Folder, file)), CompressionMode.Decompress);
        unpacked.ReadExactly(new byte[header]);
        var bytes = new byte[count];
        unpacked.ReadExactly(bytes);
        return bytes;
    }
}
