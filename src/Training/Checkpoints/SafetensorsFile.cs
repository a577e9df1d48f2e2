using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Training.Checkpoints;

/// <summary>A safetensors file in memory, checked from end to end.</summary>
/// <param name="Tensors">In the order of their bytes.</param>
public sealed record SafetensorsFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <param name="sha256">Of all its bytes; null where nothing says what they should be.</param>
    /// <exception cref="CheckpointException">The file is damaged or holds something else than float32; says what and where.</exception>
    public static SafetensorsFile Read(string path, string? sha256 = null)
    {
        var bytes = File.ReadAllBytes(path);
        if (sha256 is not null && Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found != sha256)
            throw Damaged($"it is damaged: its SHA-256 is {found}, must be {sha256}");
        if (bytes.Length < sizeof(long)) throw Damaged($"it has {bytes.Length} bytes, must have at least {sizeof(long)}");
        var header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (header < 2 || header > bytes.Length - sizeof(long))
            throw Damaged($"its header has {header} bytes by its first eight, must have from 2 to the {bytes.Length - sizeof(long)} that follow them");
        var tensors = new List<(TensorEntry Entry, NamedTensor Tensor)>();
        var metadata = new Dictionary<string, string>();
        var data = bytes.AsMemory(sizeof(long) + (int)header);
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(sizeof(long), (int)header), new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == Safetensors.MetadataKey)
                    foreach (var pair in property.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString()!;
                else
                    tensors.Add(ReadTensor(property, data, Damaged));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Damaged($"its header can't be read: {error.Message}");
        }
        tensors.Sort((one, other) => one.Entry.Start.CompareTo(other.Entry.Start));
        CheckCover(tensors.Select(tensor => tensor.Entry), data.Length, Damaged);
        return new SafetensorsFile([.. tensors.Select(tensor => tensor.Tensor)], metadata);

        CheckpointException Damaged(string fault) => new($"{path}: {fault}");
    }

    private static (TensorEntry Entry, NamedTensor Tensor) ReadTensor(JsonProperty property, ReadOnlyMemory<byte> data, Func<string, Exception> damaged)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        if (type != Safetensors.Float32) throw damaged($"{property.Name} is {type}, must be {Safetensors.Float32}");
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var offsets = property.Value.GetProperty("data_offsets");
        if (offsets.GetArrayLength() != 2) throw damaged($"{property.Name} has {offsets.GetArrayLength()} offsets, must have 2");
        var entry = new TensorEntry(property.Name, offsets[0].GetInt64(), offsets[1].GetInt64());
        var wanted = shape.Aggregate((Int128)sizeof(float), (product, size) => product * size);
        if (entry.Start < 0 || entry.End > data.Length || shape.Any(size => size < 0) || entry.End - entry.Start != wanted)
        {
            throw damaged(
                $"{property.Name} has bytes {entry.Start} to {entry.End} of {data.Length}, must have {wanted} for its shape [{string.Join(", ", shape)}]");
        }
        var values = MemoryMarshal.Cast<byte, float>(data.Span[(int)entry.Start..(int)entry.End]).ToArray();
        return (entry, new NamedTensor(property.Name, shape, values));
    }

    private static void CheckCover(IEnumerable<TensorEntry> inOrder, long bytes, Func<string, Exception> damaged)
    {
        var end = 0L;
        foreach (var entry in inOrder)
        {
            if (entry.Start != end) throw damaged($"{entry.Name} starts at byte {entry.Start}, must start at {end}, where the tensor before it ends");
            end = entry.End;
        }
        if (end != bytes) throw damaged($"its tensors end at byte {end}, must end with the file at {bytes}");
    }

    private readonly record struct TensorEntry(string Name, long Start, long End);
}

/// <summary>A checkpoint can't be read; the message says which file, what is wrong and what it must be.</summary>
public sealed class CheckpointException(string message) : UserException(message);
