using System.Text.Json.Serialization;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>What a node's end of a link says to the coordinator's.</summary>
/// <param name="Node">Whose end it is.</param>
/// <param name="Process">One life of the node's process: a name may come again, this never does.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(News), "news")]
[JsonDerivedType(typeof(Leaving), "leaving")]
[JsonDerivedType(typeof(Alive), "alive")]
public abstract record NodeWord(NodeId Node, string Process)
{
    /// <summary>The first of a link, repeated until it is answered.</summary>
    /// <param name="Coordinator">Which coordinator's cluster the node has joined: another one takes no link that is about to go.</param>
    /// <param name="First">The number of the first news that the node still keeps.</param>
    public sealed record Hello(NodeId Node, string Process, long Coordinator, long First) : NodeWord(Node, Process);

    /// <summary>What the node says, numbered from 1 in each process.</summary>
    /// <param name="First">The number of the first of them; each that follows has the next one.</param>
    public sealed record News(NodeId Node, string Process, long First, IReadOnlyList<ToCoordinator> Messages) : NodeWord(Node, Process)
    {
        /// <summary>How many go at once: together they are well below what one message may hold.</summary>
        public const int Most = 32;
    }

    /// <summary>The last of a process's news, numbered as they are: it goes when this is saved.</summary>
    public sealed record Leaving(NodeId Node, string Process, long Number) : NodeWord(Node, Process);

    /// <summary>Said at a steady pace, and answered with <see cref="CoordinatorWord.Saved"/>: each end learns that the other one is there.</summary>
    public sealed record Alive(NodeId Node, string Process) : NodeWord(Node, Process);
}
