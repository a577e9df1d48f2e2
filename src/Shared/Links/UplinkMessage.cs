using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>What happens to a node's end of its link.</summary>
public abstract record UplinkMessage
{
    private UplinkMessage()
    {
    }

    public sealed record Begin : UplinkMessage;

    /// <summary>The node has something to tell.</summary>
    public sealed record Say(ToCoordinator Message) : UplinkMessage;

    /// <summary>The node goes, once all that it said is saved.</summary>
    public sealed record Leave : UplinkMessage;

    /// <summary>A membership is made, and looks for the coordinator from now on; or it could not be made.</summary>
    public sealed record Made(int Membership) : UplinkMessage;

    /// <summary>A membership has found its coordinator.</summary>
    public sealed record Met(int Membership, long Coordinator) : UplinkMessage;

    public sealed record Heard(int Membership, CoordinatorWord Word) : UplinkMessage;

    /// <summary>A membership is of no more use: it was removed, shut out, or has ended.</summary>
    /// <param name="Why">For the node's user.</param>
    public sealed record Broken(int Membership, string Why) : UplinkMessage;

    /// <summary>Some time has passed: a quarter of a second, as a rule.</summary>
    public sealed record Tick : UplinkMessage;
}

/// <summary>What a node's end of its link wants done, in order.</summary>
public abstract record UplinkEffect
{
    private UplinkEffect()
    {
    }

    /// <summary>Throw the membership away, if there is one, and make another, which knocks at the coordinator's door.</summary>
    public sealed record Renew(int Membership) : UplinkEffect;

    /// <summary>To the coordinator, over the membership that there is.</summary>
    public sealed record Send(NodeWord Word) : UplinkEffect;

    /// <summary>To the node itself.</summary>
    public sealed record Deliver(ToNode Order) : UplinkEffect;

    /// <summary>The link stands, for the first time or again.</summary>
    public sealed record Linked : UplinkEffect;

    /// <summary>The link is in doubt: said once until it stands again.</summary>
    public sealed record Doubted(string Reason) : UplinkEffect;

    /// <summary>Nobody has answered since the start, or since the link was in doubt: said once for each.</summary>
    public sealed record Unanswered(TimeSpan For) : UplinkEffect;

    /// <summary>The last effect: the coordinator does not take this node.</summary>
    public sealed record Refused(string Reason) : UplinkEffect;

    /// <summary>The last effect: all that the node said is saved, and that it goes is known.</summary>
    public sealed record Left : UplinkEffect;
}
