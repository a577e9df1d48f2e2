using System.IO.Compression;
using FashionSweep.Shared.Data;

namespace FashionSweep.Shared.Tests.Data;

/// <summary>A folder of its own that holds the real data set, until a test spoils it.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-data-");

    public static string Real { get; } = DatasetPlaces.OfThisMachine(null).Locate().Folder;

    public string Path => _folder.FullName;

    public static DatasetFolder Filled()
    {
        var folder = new DatasetFolder();
        foreach (var file in DatasetFile.All) File.CreateSymbolicLink(folder.PathOf(file), System.IO.Path.Combine(Real, file.Name));
        return folder;
    }

    public string PathOf(DatasetFile file) => System.IO.Path.Combine(Path, file.Name);

    public void Remove(DatasetFile file) => File.Delete(PathOf(file));

    public void Replace(DatasetFile file, byte[] bytes)
    {
        Remove(file);
        File.WriteAllBytes(PathOf(file), bytes);
    }

    public static byte[] Bytes(DatasetFile file) => File.ReadAllBytes(System.IO.Path.Combine(Real, file.Name));

    public static byte[] Uncompressed(DatasetFile file)
    {
        using var gzip = new GZipStream(new MemoryStream(Bytes(file)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    public static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(content);
        return compressed.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
