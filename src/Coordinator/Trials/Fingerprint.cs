using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Trials;

/// <summary>Stands for a set of parameters in 16 bytes: 100,000 of them are remembered without their values.</summary>
internal static class Fingerprint
{
    public static UInt128 Of(ParameterSet parameters) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parameters)));
}
