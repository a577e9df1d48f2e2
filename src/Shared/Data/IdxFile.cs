using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FashionSweep.Shared.Data;

/// <summary>A file of the data set as it lies on this machine: its pixels or labels, or what is wrong with it.</summary>
/// <param name="Bytes">Its size as it lies there, compressed.</param>
/// <param name="Fault">Completes a sentence that starts with the path; null for a file that is what was published, to the bit.</param>
public sealed record IdxFile(DatasetFile Published, string Path, long Bytes, byte[] Items, string? Fault)
{
    /// <summary>Never throws for what is wrong with the file, so that all faulty files can be told at once.</summary>
    public static IdxFile Read(DatasetFile published, string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (FaultOfStart(stream) is { } fault) return Faulty(fault);
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            var items = new byte[published.ItemBytes];
            return new IdxFile(published, path, stream.Length, items, FaultOfContent(published, gzip, items));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Faulty("is missing");
        }
        catch (InvalidDataException)
        {
            return Faulty("is damaged: its compressed data is broken");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Faulty(Directory.Exists(path) ? "is a folder, must be a file" : $"can't be read: {e.Message}");
        }

        IdxFile Faulty(string fault) => new(published, path, 0, [], fault);
    }

    /// <summary>Whether a file starts as the published one, and ends with its length. Of one that does not, <see cref="Read"/> says what is wrong.</summary>
    public static bool LooksRight(DatasetFile published, string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (FaultOfStart(stream) is not null) return false;
            var expected = published.Header();
            var header = new byte[expected.Length];
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            if (gzip.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.SequenceEqual(expected)) return false;
            // By RFC 1952 the length of all that was compressed is the last of the file.
            var end = new byte[4];
            stream.Position = stream.Length - end.Length;
            stream.ReadExactly(end);
            return BinaryPrimitives.ReadUInt32LittleEndian(end) == expected.Length + published.ItemBytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    private static string? FaultOfStart(FileStream stream)
    {
        var start = new byte[4];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start switch
        {
            _ when length == 0 => "is empty",
            [0x1f, 0x8b, ..] => null,
            [0, 0, 8, 1 or 3] => "is not compressed: run gzip on it and keep its name",
            [(byte)'<', ..] => "is a web page, must be gzip: its download went wrong",
            _ => $"starts with {Convert.ToHexString(start, 0, 2)}, must be gzip, which starts with 1F8B",
        };
    }

    private static string? FaultOfContent(DatasetFile published, GZipStream gzip, byte[] items)
    {
        var expected = published.Header();
        var header = new byte[expected.Length];
        var read = gzip.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read == header.Length && !header.SequenceEqual(expected)) return FaultOfHeader(published, header);

        read += gzip.ReadAtLeast(items, items.Length, throwOnEndOfStream: false);
        var length = header.Length + items.Length;
        if (read < length) return $"is truncated: ends after {read:N0} of {length:N0} bytes, uncompressed";
        if (gzip.ReadByte() >= 0) return $"goes on after {length:N0} bytes, uncompressed, where it must end";

        var sha256 = Sha256(header, items);
        return sha256 == published.Sha256
            ? null
            : $"has other content (SHA-256 {sha256[..16]}…, must be {published.Sha256[..16]}…): altered, or another data set such as MNIST's digits";
    }

    private static string FaultOfHeader(DatasetFile published, byte[] header)
    {
        var whose = DatasetFile.All.FirstOrDefault(other => header.Zip(other.Header()).All(pair => pair.First == pair.Second));
        if (whose is not null) return $"holds what belongs into {whose.Name}: files were swapped or renamed";
        return $"has the header {Convert.ToHexString(header)}, must be {Convert.ToHexString(published.Header())}: another data set?";
    }

    private static string Sha256(byte[] header, byte[] items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(items);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
