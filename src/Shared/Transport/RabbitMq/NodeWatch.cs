using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// Counts the pings that came back because their node has no queue any more. The broker takes a queue away with its connection, so that is how the coordinator
/// learns of its end; a node that connects again within a round or two was never away.
/// </summary>
internal sealed class NodeWatch
{
    /// <summary>A node has two of them at least to connect again, and its loss is told within three.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(0.4);

    private const int Enough = 3;

    // After the broker was away, nodes need some time to come back to it.
    private const int RoundsOfGrace = 8;

    private readonly Dictionary<NodeId, (long Round, int InRow)> _returned = [];

    /// <param name="round">Counted from the connection's start.</param>
    /// <returns>Whether its loss is to be told: after three in a row, and each three more, in case that was lost too.</returns>
    public bool Returned(NodeId node, long round)
    {
        if (round <= RoundsOfGrace) return false;
        var inRow = _returned.TryGetValue(node, out var last) && last.Round == round - 1 ? last.InRow + 1 : 1;
        _returned[node] = (round, inRow);
        return inRow % Enough == 0;
    }
}
