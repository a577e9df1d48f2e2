using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace FashionSweep.Training.Checkpoints;

/// <summary>
/// The safetensors format: eight bytes of the header's length, a JSON header of names, shapes and offsets with text metadata, then the
/// tensors' bytes without gaps. Little-endian float32 only, which is all that this engine writes.
/// </summary>
public static class Safetensors
{
    internal const string MetadataKey = "__metadata__";
    internal const string Float32 = "F32";

    /// <summary>Writes a file's bytes; the same input gives the same bytes.</summary>
    /// <returns>Their SHA-256 in lower-case hexadecimal digits, and how many they are.</returns>
    public static (string Sha256, long Bytes) Write(Stream to, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        Write(tensors, metadata, part =>
        {
            to.Write(part);
            hash.AppendData(part);
            bytes += part.Length;
        });
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>The same bytes for one who needs no hash of them.</summary>
    public static void WriteUnhashed(Stream to, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        Write(tensors, metadata, to.Write);

    /// <summary>SHA-256 of the tensors' bytes alone, in their order: equal for equal weights.</summary>
    public static string WeightsSha256(IEnumerable<NamedTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors) hash.AppendData(MemoryMarshal.AsBytes<float>(tensor.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata, Action<ReadOnlySpan<byte>> append)
    {
        var header = Header(tensors, metadata);
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        append(length);
        append(header);
        foreach (var tensor in tensors) append(MemoryMarshal.AsBytes<float>(tensor.Values));
    }

    private static byte[] Header(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors) offset = WriteTensor(json, tensor, offset);
            json.WriteEndObject();
        }
        // The format lets spaces follow the JSON; up to a multiple of eight they align the tensors for readers that map the file.
        while (buffer.Length % sizeof(long) != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteTensor(Utf8JsonWriter json, NamedTensor tensor, long offset)
    {
        var end = offset + ((long)tensor.Values.Length * sizeof(float));
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", Float32);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
