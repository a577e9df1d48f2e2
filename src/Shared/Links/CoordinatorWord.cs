using System.Text.Json.Serialization;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>What the coordinator's end of a link says to a node's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(Saved), "saved")]
[JsonDerivedType(typeof(Orders), "orders")]
public abstract record CoordinatorWord
{
    /// <summary>The answer to <see cref="NodeWord.Hello"/>: news may come, from the first that the node keeps.</summary>
    public sealed record Welcome : CoordinatorWord;

    /// <summary>This coordinator has no link with whoever spoke: it is to join anew, and to say hello.</summary>
    public sealed record Unknown : CoordinatorWord;

    /// <summary>All news up to this number are in the store; the node forgets them.</summary>
    /// <param name="Ordered">How many <see cref="Orders"/> went before it to this membership: whoever got fewer has lost some with a connection.</param>
    public sealed record Saved(long Number, long Ordered = 0) : CoordinatorWord;

    /// <summary>Not kept and not repeated: what got lost is found when the node says what it holds.</summary>
    public sealed record Orders(IReadOnlyList<ToNode> Messages) : CoordinatorWord
    {
        /// <inheritdoc cref="NodeWord.News.Most"/>
        public const int Most = 32;
    }

    /// <summary>The node is not taken, now or later. On the wire it is its text alone, which any version can read.</summary>
    /// <param name="Reason">For the node's user: why, and what to do.</param>
    public sealed record Refused(string Reason) : CoordinatorWord;
}
