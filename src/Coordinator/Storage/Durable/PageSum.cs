using System.Numerics;
using System.Runtime.InteropServices;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>Checksums of pages. They find what broke by itself: they are no protection from anybody.</summary>
internal static class PageSum
{
    /// <summary>Goes on from another sum, so that it says of a page also what stands before it.</summary>
    /// <remarks>Two CRC-32C, each over every other word, side by side: the processor does both at once.</remarks>
    public static ulong After(ulong before, ulong place, ulong note, ReadOnlySpan<byte> page)
    {
        var even = BitOperations.Crc32C((uint)before, place + 1);
        var odd = BitOperations.Crc32C((uint)(before >> 32), note + 1);
        var words = MemoryMarshal.Cast<byte, ulong>(page);
        for (var i = 0; i < words.Length; i += 2) (even, odd) = (BitOperations.Crc32C(even, words[i]), BitOperations.Crc32C(odd, words[i + 1]));
        return even | ((ulong)odd << 32);
    }

    /// <summary>Of a page at its place in a file, but for the four bytes from an offset on.</summary>
    public static uint Of(long page, ReadOnlySpan<byte> bytes, int but)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)page);
        foreach (var one in bytes[..but]) sum = BitOperations.Crc32C(sum, one);
        // To the next whole word one by one.
        var rest = bytes[(but + 4)..];
        var head = rest.Length % sizeof(ulong);
        foreach (var one in rest[..head]) sum = BitOperations.Crc32C(sum, one);
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(rest[head..])) sum = BitOperations.Crc32C(sum, word);
        return sum;
    }
}
