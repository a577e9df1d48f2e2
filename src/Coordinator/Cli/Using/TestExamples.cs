using System.IO.Compression;
using FashionSweep.Coordinator.Web.Serving;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A test image of each class, to try a model on.</summary>
internal static class TestExamples
{
    // Among them is each class; the rest of the file is not read.
    private const int Looked = 20;

    /// <param name="data">Folder of the data set's files; null where it usually lies.</param>
    /// <returns>In the order of the labels; none where the files can't be read.</returns>
    public static IReadOnlyList<ServedExample> Of(string? data)
    {
        try
        {
            var place = DatasetPlaces.OfThisMachine(data).Locate();
            var (labels, pixels) = (First(place, DatasetFile.TestLabels, Looked), First(place, DatasetFile.TestImages, Looked * 784));
            return
            [
                .. FashionMnist.Classes.Index().Select(one => (Image: Array.IndexOf(labels, (byte)one.Index), Class: one.Item)).Where(one => one.Image >= 0)
                    .Select(one => new ServedExample(one.Class, pixels[(one.Image * 784)..((one.Image + 1) * 784)])),
            ];
        }
        catch (Exception fault) when (fault is DatasetException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static byte[] First(DatasetPlace place, DatasetFile file, int bytes)
    {
        using var unpacked = new GZipStream(File.OpenRead(place.PathOf(file)), CompressionMode.Decompress);
        unpacked.ReadExactly(new byte[file.Header().Length]);
        var first = new byte[bytes];
        unpacked.ReadExactly(first);
        return first;
    }
}
