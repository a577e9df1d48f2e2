using System.Buffers.Binary;
using System.Text.Json;

namespace FashionSweep.Training.Checkpoints;

/// <summary>What stands before the tensors of a safetensors file: enough to know what it is, of a file of any size.</summary>
public static class SafetensorsHeader
{
    // A model of ten thousand tensors stays below.
    private const int Longest = 4 << 20;

    /// <summary>The file's metadata.</summary>
    /// <returns>Null where it is no such file, or has another length than its header says.</returns>
    public static IReadOnlyDictionary<string, string>? MetadataOf(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[sizeof(long)];
        if (file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length) return null;
        var length = BinaryPrimitives.ReadInt64LittleEndian(first);
        if (length < 2 || length > Math.Min(Longest, file.Length - sizeof(long))) return null;
        var header = new byte[length];
        file.ReadExactly(header);
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return EndOf(json.RootElement) == file.Length - sizeof(long) - length ? MetadataOf(json.RootElement) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static long EndOf(JsonElement root) => root.EnumerateObject().Where(property => property.Name != Safetensors.MetadataKey)
        .Select(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt64()).DefaultIfEmpty().Max();

    private static Dictionary<string, string> MetadataOf(JsonElement root) =>
        root.GetProperty(Safetensors.MetadataKey).EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
}
