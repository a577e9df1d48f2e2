namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>What comes to a node's queue.</summary>
internal static class OrderKind
{
    public const string Order = "Order";

    /// <summary>Only asks whether the queue is there: the broker returns it if not.</summary>
    public const string Ping = "Ping";

    /// <summary>
    /// The coordinator speaks another version than this node: which, as plain text. This word and that text stay as they are through all versions, and so do
    /// the names of queues, the sender's name in the stamp and the version in front of a message, or a node could not be told.
    /// </summary>
    public const string OtherVersion = "OtherVersion";

    /// <summary>The coordinator has ended, and nobody follows it.</summary>
    public const string Ended = "Ended";
}
