using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>Several messages of a node as one of the broker's, a line each: the broker's disk takes as long for one as for many.</summary>
internal static class Packing
{
    // What a coordinator holds of open deliveries is bounded by their number.
    private const int FullBytes = 64 << 10;

    /// <returns>In order. None is larger than it is full, but for a message that is so by itself.</returns>
    /// <exception cref="WireException">A message is too large.</exception>
    public static List<byte[]> Pack(IEnumerable<ToCoordinator> messages)
    {
        var bodies = new List<byte[]>();
        foreach (var line in messages.Select(WireFormat.Encode))
        {
            if (bodies is [.., var last] && last.Length + line.Length < FullBytes) bodies[^1] = [.. last, (byte)'\n', .. line];
            else bodies.Add(line);
        }
        return bodies;
    }

    /// <exception cref="WireException">One of them is no message of this version, or all are too large.</exception>
    public static List<ToCoordinator> Unpack(ReadOnlySpan<byte> body)
    {
        if (body.Length > WireFormat.MaximumBytes) throw WireFormat.TooLarge(body.Length);
        var messages = new List<ToCoordinator>();
        foreach (var line in body.Split((byte)'\n')) messages.Add(WireFormat.DecodeToCoordinator(body[line]));
        return messages;
    }
}
