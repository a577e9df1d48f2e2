using System.Globalization;
using FashionSweep.Shared.Protocol;
using RabbitMQ.Client;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>What goes with a message to the coordinator: whose it is, and which one.</summary>
/// <param name="Session">One life of a node's transport.</param>
/// <param name="Connection">From 1, within the session.</param>
/// <param name="Sequence">From 1, within the session: a repeat has its first sending's.</param>
internal sealed record Stamp(StampKind Kind, NodeId Node, string Session, long Connection, long Sequence)
{
    public BasicProperties ToProperties() => new()
    {
        Type = Kind.ToString(),
        AppId = Node.Name,
        CorrelationId = Session,
        MessageId = string.Create(CultureInfo.InvariantCulture, $"{Connection}.{Sequence}"),
        Persistent = true,
    };

    /// <exception cref="WireException">It is none.</exception>
    public static Stamp Read(IReadOnlyBasicProperties properties)
    {
        var number = (properties.MessageId ?? "").Split('.');
        if (number.Length == 2
            && Enum.TryParse<StampKind>(properties.Type, out var kind) && Enum.IsDefined(kind)
            && long.TryParse(number[0], NumberStyles.None, CultureInfo.InvariantCulture, out var connection)
            && long.TryParse(number[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && Topology.IsName(properties.AppId) && properties is { CorrelationId.Length: > 0 })
            return new Stamp(kind, new NodeId(properties.AppId!), properties.CorrelationId, connection, sequence);
        throw new WireException("A message does not say whose it is.");
    }
}

internal enum StampKind
{
    Message,

    /// <summary>The last of a session, from the node.</summary>
    Left,

    /// <summary>From the coordinator to itself, so that it comes after all that the connection has brought.</summary>
    ConnectionLost,
}
