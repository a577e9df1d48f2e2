using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>What happens to the coordinator's end of its links. A peer is the address of a node's membership, which is one of its kind.</summary>
public abstract record LinkMessage
{
    private LinkMessage()
    {
    }

    public sealed record Heard(string Peer, NodeWord Word) : LinkMessage;

    /// <summary>A peer has said what is no word of this protocol.</summary>
    /// <param name="OtherVersion">The one that it speaks, where that is what is wrong.</param>
    public sealed record Garbled(string Peer, string Reason, int? OtherVersion) : LinkMessage;

    /// <summary>The connection with a peer is gone; it may come back. Told again for each attempt that fails.</summary>
    public sealed record Broken(string Peer) : LinkMessage;

    /// <summary>Nobody listens at the peer's address any more.</summary>
    public sealed record Dead(string Peer) : LinkMessage;

    /// <summary>See <see cref="LinkEffect.Doubt"/>.</summary>
    public sealed record DoubtOver(NodeId Node, int Doubt) : LinkMessage;

    /// <summary>A node's process has ended, as who has started it knows for sure.</summary>
    public sealed record Ended(NodeId Node, string Reason) : LinkMessage;

    /// <summary>What a process has said up to this number is in the store.</summary>
    public sealed record Saved(NodeId Node, string Process, long Number) : LinkMessage;

    public sealed record Order(NodeId Node, IReadOnlyList<ToNode> Messages) : LinkMessage;

    /// <summary>The node counts as lost: nothing more is taken from it before it says hello anew.</summary>
    public sealed record Part(NodeId Node) : LinkMessage;
}

/// <summary>What the coordinator's end of its links wants done, in order.</summary>
public abstract record LinkEffect
{
    private LinkEffect()
    {
    }

    public sealed record Send(string Peer, CoordinatorWord Word) : LinkEffect;

    /// <summary>A node has something to tell.</summary>
    /// <param name="Number">To be told with <see cref="LinkMessage.Saved"/> once it is stored; 0 where there is nothing to store.</param>
    public sealed record Pass(NodeId Node, string Process, long Number, ToCoordinator Message) : LinkEffect;

    /// <summary>A node is gone: behind all that it has told.</summary>
    /// <param name="Number">As of <see cref="Pass"/>.</param>
    public sealed record Gone(NodeId Node, string Process, long Number, string Reason, bool HasLeft) : LinkEffect;

    /// <summary>Shut the peer out of the cluster: nothing that it still sends arrives.</summary>
    public sealed record Down(string Peer) : LinkEffect;

    /// <summary>The peer goes by itself: nothing more is sent to it.</summary>
    public sealed record Release(string Peer) : LinkEffect;

    /// <summary>Say <see cref="LinkMessage.DoubtOver"/> after this time.</summary>
    public sealed record Doubt(NodeId Node, int Number, TimeSpan After) : LinkEffect;

    /// <summary>For the coordinator's operator.</summary>
    public sealed record Tell(string Text) : LinkEffect;
}
