using System.Threading.Channels;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>The coordinator's end of a transport: every node's messages in one stream, each node's in the order in which it sent them.</summary>
public interface ICoordinatorTransport : IAsyncDisposable
{
    ChannelReader<FromNode> Inbox { get; }

    /// <summary>Hands a message over for delivery. To a node that is gone it is a no-op: its <see cref="FromNode.Disconnected"/> says so.</summary>
    ValueTask SendAsync(NodeId node, ToNode message, CancellationToken cancel);

    /// <summary>Hands them over, each node's in their order. A transport on which each costs as much as many has each node's go as one.</summary>
    async ValueTask SendAsync(IReadOnlyList<(NodeId Node, ToNode Message)> messages, CancellationToken cancel)
    {
        foreach (var (node, message) in messages) await SendAsync(node, message, cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// Says that the next <paramref name="count"/> of what was read from the inbox, in its order, have had their effect. A transport that outlives its
    /// coordinator delivers all others again to the next one, and stops delivering while too many are open.
    /// </summary>
    ValueTask AcknowledgeAsync(int count);
}

/// <summary>
/// A node's end of a transport. The inbox completes when the coordinator is gone, with a <see cref="RefusedException"/> when it does not take this node.
/// </summary>
public interface INodeTransport : IAsyncDisposable
{
    ChannelReader<ToNode> Inbox { get; }

    ValueTask SendAsync(ToCoordinator message, CancellationToken cancel);

    /// <summary>Sends them in their order. A transport on which each would wait for a disk has all of them wait once.</summary>
    async ValueTask SendAsync(IReadOnlyList<ToCoordinator> messages, CancellationToken cancel)
    {
        foreach (var message in messages) await SendAsync(message, cancel).ConfigureAwait(false);
    }
}

/// <summary>What the coordinator's end delivers: a node's message, the news that its connection is gone, or news of the coordinator's own connection.</summary>
public abstract record FromNode
{
    private FromNode()
    {
    }

    public sealed record Said(NodeId Node, ToCoordinator Message) : FromNode;

    /// <summary>The last of a connection: nothing more comes over it.</summary>
    public sealed record Disconnected(NodeId Node, string Reason, bool HasLeft = false) : FromNode;

    /// <summary>From now on no node can be heard: their silence says nothing of them, and orders are lost.</summary>
    public sealed record CutOff(string Reason) : FromNode;

    /// <summary>The end of a <see cref="CutOff"/>. All nodes were asked to announce themselves; each needs some time to come back itself.</summary>
    public sealed record Reconnected : FromNode;
}
