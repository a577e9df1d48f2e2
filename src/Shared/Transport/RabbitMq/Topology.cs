using System.Text;
using FashionSweep.Shared.Protocol;
using RabbitMQ.Client;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>One cluster's queues at a broker. Both ends declare them, so neither has to come first.</summary>
internal sealed class Topology(string cluster)
{
    private const int LongestName = 128;

    /// <summary>What nodes say. It outlives both ends, and a crash of the broker.</summary>
    public string Inbox { get; } = $"fsweep.{cluster}.coordinator";

    /// <summary>What was no message of this protocol: kept to be looked at, the newest of it.</summary>
    public string Refused { get; } = $"fsweep.{cluster}.refused";

    /// <summary>Reaches every node that is connected.</summary>
    public string AllNodes { get; } = $"fsweep.{cluster}.nodes";

    private string CoordinatorLock { get; } = $"fsweep.{cluster}.coordinator.lock";

    public string QueueOf(NodeId node) => $"fsweep.{cluster}.node.{node.Name}";

    /// <summary>Whether a queue can have it in its name, and a log a line with it.</summary>
    public static bool IsName(string? node) => node is { Length: > 0 } && Encoding.UTF8.GetByteCount(node) <= LongestName && !node.Any(char.IsControl);

    public static void Check(NodeId node)
    {
        if (!IsName(node.Name)) throw new BrokerException($"The node's name has {Encoding.UTF8.GetByteCount(node.Name)} bytes, must have 1 to {LongestName}.");
    }

    public async Task DeclareAsync(IChannel channel, CancellationToken cancel)
    {
        await channel.QueueDeclareAsync(Refused, durable: true, exclusive: false, autoDelete: false, RefusedRules, cancellationToken: cancel)
            .ConfigureAwait(false);
        await channel.QueueDeclareAsync(Inbox, durable: true, exclusive: false, autoDelete: false, InboxRules, cancellationToken: cancel).ConfigureAwait(false);
        await channel.ExchangeDeclareAsync(AllNodes, ExchangeType.Fanout, durable: true, cancellationToken: cancel).ConfigureAwait(false);
    }

    /// <summary>A quorum queue can't keep a second consumer out, so the lock is a queue of its own.</summary>
    public Task LockAsync(IChannel channel, CancellationToken cancel) =>
        channel.QueueDeclareAsync(CoordinatorLock, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancel);

    /// <summary>Only one connection can have it, and it ends with that connection: the queue is the lock on the node's name.</summary>
    public async Task DeclareNodeAsync(NodeId node, IChannel channel, CancellationToken cancel)
    {
        await channel.QueueDeclareAsync(QueueOf(node), durable: false, exclusive: true, autoDelete: false, ToRefused, cancellationToken: cancel)
            .ConfigureAwait(false);
        await channel.QueueBindAsync(QueueOf(node), AllNodes, "", cancellationToken: cancel).ConfigureAwait(false);
    }

    private Dictionary<string, object?> ToRefused => new() { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Refused };

    private Dictionary<string, object?> InboxRules => new(ToRefused)
    {
        ["x-queue-type"] = "quorum",
        // Full, it refuses and nodes try again: they are slowed down before the broker's disk is full.
        ["x-max-length-bytes"] = 1L << 30,
        ["x-overflow"] = "reject-publish",
        // A coordinator's death counts as a delivery of all that it had open. So often only a message comes that kills it each time.
        ["x-delivery-limit"] = 100,
    };

    private static Dictionary<string, object?> RefusedRules => new() { ["x-max-length"] = 1000, ["x-max-length-bytes"] = 64L << 20 };
}
