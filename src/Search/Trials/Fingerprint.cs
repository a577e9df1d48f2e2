using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>Stands for a set of parameters in 16 bytes: 100,000 of them are remembered without their values.</summary>
public static class Fingerprint
{
    public static UInt128 Of(ParameterSet parameters) => Of(JsonSerializer.SerializeToUtf8Bytes(parameters));

    /// <param name="json">Of the parameters, as a store keeps it.</param>
    public static UInt128 Of(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
