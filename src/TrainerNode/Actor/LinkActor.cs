using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>A membership's ear and mouth: tells the uplink what comes over it and what becomes of it, and passes on what that one says.</summary>
internal sealed class LinkActor : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private bool _hasMet;

    public LinkActor(int membership, ClusterAccess access, IActorRef uplink)
    {
        var links = ClusterConfig.LinksOf(access.Coordinator, access.IsEncrypted, Context.System);
        Receive<NodeWord>(word => links.Tell(word));
        Receive<CoordinatorWord>(word => uplink.Tell(new UplinkMessage.Heard(membership, word)));
        // It says at least that the other end is another release.
        Receive<Unreadable>(other => uplink.Tell(new UplinkMessage.Heard(membership, Refusal(other))), other => other.OtherVersion is not null);
        Receive<ClusterEvent.IMemberEvent>(happened =>
        {
            var isOwn = happened.Member.UniqueAddress.Equals(_cluster.SelfUniqueAddress);
            if (happened is ClusterEvent.MemberRemoved or ClusterEvent.MemberDowned)
                uplink.Tell(new UplinkMessage.Broken(membership, isOwn ? "it was put out of the cluster" : "the coordinator goes"));
            else if (!isOwn && happened.Member.HasRole(ClusterConfig.CoordinatorRole))
            {
                _hasMet = true;
                uplink.Tell(new UplinkMessage.Met(membership, happened.Member.UniqueAddress.Uid));
            }
        }, happened => IsOfStar(happened.Member));
        // Whoever comes in its place is another one, which a membership of its own finds as soon as it is there.
        Receive<AssociationErrorEvent>(
            _ => uplink.Tell(new UplinkMessage.Broken(membership, "the coordinator's process is gone")),
            failed => _hasMet && failed.RemoteAddress.Equals(links.Path.Address) && RefusedConnection.Is(failed.Cause));
        Receive<ThisActorSystemQuarantinedEvent>(_ => uplink.Tell(new UplinkMessage.Broken(membership, "the coordinator has shut it out")));
    }

    protected override void PreStart()
    {
        // The coordinator is known before this member is up, and may be spoken to.
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
    }

    private static CoordinatorWord.Refused Refusal(Unreadable other) => new(
        $"the coordinator speaks protocol {other.OtherVersion}, this node {WordFormat.Version} (fsweep {Shared.Protocol.Release.Version}): "
        + "install the same fsweep on both");

    // Other nodes come and go as they like.
    private bool IsOfStar(Member member) => member.HasRole(ClusterConfig.CoordinatorRole) || member.UniqueAddress.Equals(_cluster.SelfUniqueAddress);
}
