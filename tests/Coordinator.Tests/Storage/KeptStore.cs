using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A store with trials whose checkpoints are there, to be looked after.</summary>
internal sealed class KeptStore : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public StoreFolder Folder => _temporary.Folder;

    public StoreFolder Beside(string name) => new(Path.Combine(Path.GetDirectoryName(Folder.Path)!, name));

    /// <summary>Two trials that are completed, and one that runs.</summary>
    public LiteStore Fill()
    {
        var store = LiteStore.OpenForWriting(Folder);
        store.Add(Sweep());
        foreach (var number in new[] { 1, 2 })
            store.Append([Started(Lease(number)), Ended(Lease(number), Epoch(1)), Completed(Lease(number), Result() with { Checkpoint = Save(number) })]);
        store.Append([Started(Lease(3))]);
        return store;
    }

    /// <summary>The least that is a checkpoint: one weight.</summary>
    public Checkpoint Save(float weight)
    {
        var head = Encoding.UTF8.GetBytes("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
        var bytes = new byte[sizeof(ulong) + head.Length + sizeof(float)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)head.Length);
        head.CopyTo(bytes, sizeof(ulong));
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(ulong) + head.Length), weight);
        var checkpoint = new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
        File.WriteAllBytes(Folder.PathOf(checkpoint), bytes);
        return checkpoint;
    }

    public void Dispose() => _temporary.Dispose();
}
