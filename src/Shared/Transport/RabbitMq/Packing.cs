using System.Buffers;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>Several messages from or to a node as one of the broker's, a line each: the broker and its disk take as long for one as for many.</summary>
internal static class Packing
{
    // What a coordinator holds of open deliveries is bounded by their number.
    private const int FullBytes = 64 << 10;

    /// <returns>In order. None is larger than it is full, but for a message that is so by itself.</returns>
    /// <exception cref="WireException">A message is too large.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Pack<T>(IEnumerable<T> messages, Func<T, byte[]> encode)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var line in messages.Select(encode))
        {
            if (body.WrittenCount + line.Length >= FullBytes && body.WrittenCount > 0)
            {
                yield return body.WrittenMemory;
                body = new ArrayBufferWriter<byte>();
            }
            if (body.WrittenCount > 0) body.Write("\n"u8);
            body.Write(line);
        }
        if (body.WrittenCount > 0) yield return body.WrittenMemory;
    }

    /// <exception cref="WireException">One of them is no message of this version, or all are too large.</exception>
    public static List<T> Unpack<T>(ReadOnlySpan<byte> body, Func<ReadOnlySpan<byte>, T> decode)
    {
        if (body.Length > WireFormat.MaximumBytes) throw WireFormat.TooLarge(body.Length);
        var messages = new List<T>();
        foreach (var line in body.Split((byte)'\n')) messages.Add(decode(body[line]));
        return messages;
    }
}
