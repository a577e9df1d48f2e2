using System.IO.Compression;
using FashionSweep.Shared.Data;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>
/// The data set as it lies on this machine, packed anew without compression: the same images, which each process verifies by their hashes as ever, and which
/// a hundred processes need not unpack.
/// </summary>
internal static class PlainImages
{
    private static readonly Lazy<string> Packed = new(Pack);

    /// <summary>Made for the first who asks, and gone with this process.</summary>
    public static string Folder => Packed.Value;

    private static string Pack()
    {
        var (place, folder) = (DatasetPlaces.OfThisMachine(null).Locate(), Directory.CreateTempSubdirectory("fsweep-images-"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        foreach (var file in DatasetFile.All)
        {
            using var from = new GZipStream(File.OpenRead(place.PathOf(file)), CompressionMode.Decompress);
            using var to = new GZipStream(File.Create(Path.Combine(folder.FullName, file.Name)), CompressionLevel.NoCompression);
            from.CopyTo(to);
        }
        return folder.FullName;
    }
}
