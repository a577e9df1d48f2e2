namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>What comes to a node's queue.</summary>
internal static class OrderKind
{
    public const string Order = "Order";

    /// <summary>Only asks whether the queue is there: the broker returns it if not.</summary>
    public const string Ping = "Ping";

    /// <summary>The coordinator has ended, and nobody follows it.</summary>
    public const string Ended = "Ended";
}
