using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>The head of a log: whose it is, and the salt without which no frame of it counts.</summary>
/// <remarks>
/// The salt stands there twice, each time with its checksum: written one after the other, one of them is whole at any moment. With a new salt all frames are
/// void at once, so that none of them can be taken for one of those that follow.
/// </remarks>
internal static class LogHead
{
    /// <summary>Frames begin behind it, in a sector of their own.</summary>
    public const int Bytes = 4096;

    private const int FixedBytes = 32;
    private const int Copy = 512;

    private static ReadOnlySpan<byte> Magic => "FashionSweep log"u8;

    /// <param name="id">Also noted in the database that it belongs to.</param>
    /// <returns>Its salt.</returns>
    public static ulong Make(IDiskFile file, ulong id)
    {
        file.Truncate(Bytes);
        file.Write(Fixed(id), 0);
        return Renew(file, id);
    }

    /// <summary>Makes all frames void, for good once this returns.</summary>
    public static ulong Renew(IDiskFile file, ulong id)
    {
        Span<byte> copy = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(copy[..sizeof(ulong)]);
        var salt = BinaryPrimitives.ReadUInt64LittleEndian(copy);
        BinaryPrimitives.WriteUInt64LittleEndian(copy[sizeof(ulong)..], Sum(id, salt));
        file.Write(copy, FixedBytes);
        file.Write(copy, Copy + FixedBytes);
        // Before the first new frame: else a power cut may leave the old head, some of the old frames, and with them an older state.
        file.Sync();
        return salt;
    }

    /// <returns>The salt.</returns>
    /// <exception cref="StoreException">It is none, another database's, or damaged.</exception>
    public static ulong Read(IDiskFile file, ulong id, string name)
    {
        Span<byte> head = stackalloc byte[Copy + FixedBytes + (2 * sizeof(ulong))];
        if (file.Read(head, 0) < head.Length || file.Length < Bytes) throw new StoreException(Damage.CutOff(name));
        if (!head[..Magic.Length].SequenceEqual(Magic)) throw new StoreException($"{name}: is no log of a fashionsweep database: {Damage.PutBack}");
        if (!head[..FixedBytes].SequenceEqual(Fixed(id))) throw new StoreException($"{name}: is not the log of the database beside it: {Damage.PutBack}");
        foreach (var at in (int[])[FixedBytes, Copy + FixedBytes])
        {
            var salt = BinaryPrimitives.ReadUInt64LittleEndian(head[at..]);
            if (BinaryPrimitives.ReadUInt64LittleEndian(head[(at + sizeof(ulong))..]) == Sum(id, salt)) return salt;
        }
        throw new StoreException(Damage.At(name, 0));
    }

    private static byte[] Fixed(ulong id)
    {
        var bytes = new byte[FixedBytes];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(FixedBytes - sizeof(ulong)), id);
        return bytes;
    }

    private static ulong Sum(ulong id, ulong salt) => PageSum.After(salt, id, 0, Fixed(id));
}
