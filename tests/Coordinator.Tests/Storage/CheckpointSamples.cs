using System.Security.Cryptography;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>Trials of the sweep <c>quick</c> that leave a checkpoint behind.</summary>
internal static class CheckpointSamples
{
    /// <summary>Its checkpoint is on the disk before it is told to be completed, as a node's is.</summary>
    public static Checkpoint Complete(this LiteStore store, IDisk disk, StoreFolder folder, int number, double accuracy, int bytes)
    {
        var content = Bytes(number, bytes);
        var checkpoint = new Checkpoint(Sha256(content), bytes);
        using (var file = disk.Create(folder.PathOf(checkpoint)))
        {
            file.Write(content, 0);
            file.Sync();
        }
        disk.SyncNames(folder.PathOf(checkpoint));
        store.Append([Started(Lease(number)), Completed(Lease(number), Result(accuracy) with { Checkpoint = checkpoint })]);
        return checkpoint;
    }

    public static void End(this LiteStore store)
    {
        store.Append([new SweepEvent.SweepEnded(At(9), "quick", SweepEnd.Complete)]);
        store.KeepBest("quick");
    }

    public static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
