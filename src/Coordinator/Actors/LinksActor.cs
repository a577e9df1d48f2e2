using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;

namespace FashionSweep.Coordinator.Actors;

/// <summary>
/// The shell around a <see cref="LinkTable"/>: words come and go over Akka.Remote, and what Akka knows of connections and members becomes messages. Answers
/// while the store is written.
/// </summary>
internal sealed class LinksActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan CheckPace = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly LinkTable _links;
    private readonly IActorRef _coordinator;
    private readonly Action<string> _say;
    private readonly Dictionary<string, IActorRef> _peers = [];

    /// <param name="coordinator">Gets what nodes tell, and <see cref="CoordinatorActor.PutOut"/>.</param>
    /// <param name="say">Gets words for the operator.</param>
    public LinksActor(LinkTable links, IActorRef coordinator, Action<string> say)
    {
        (_links, _coordinator, _say) = (links, coordinator, say);
        Receive<NodeWord>(word => Do(new LinkMessage.Heard(PeerOf(Sender), word)));
        Receive<Unreadable>(what => Do(new LinkMessage.Garbled(PeerOf(Sender), what.Reason, what.OtherVersion)));
        Receive<LinkMessage>(Do);
        Receive<DisassociatedEvent>(gone => Do(new LinkMessage.Broken($"{gone.RemoteAddress}")));
        Receive<AssociationErrorEvent>(failed => Do(
            RefusedConnection.Is(failed.Cause) ? new LinkMessage.Dead($"{failed.RemoteAddress}") : new LinkMessage.Broken($"{failed.RemoteAddress}")));
        // Where nothing is encrypted, whoever reaches the port can end the membership as well.
        Receive<Check>(_ => coordinator.Tell(new CoordinatorActor.PutOut()), _ => _cluster.IsTerminated);
        Receive<ClusterEvent.UnreachableMember>(lost => PutOutStray(lost.Member));
        Receive<ClusterEvent.MemberDowned>(_ => coordinator.Tell(new CoordinatorActor.PutOut()), downed => IsOwn(downed.Member));
        Receive<ClusterEvent.MemberRemoved>(_ => coordinator.Tell(new CoordinatorActor.PutOut()), removed => IsOwn(removed.Member));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        _cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.UnreachableMember), typeof(ClusterEvent.MemberDowned), typeof(ClusterEvent.MemberRemoved));
        Timers.StartPeriodicTimer(nameof(Check), new Check(), CheckPace);
        // Not before somebody listens: whoever is let in says hello at once.
        _cluster.Join(_cluster.SelfAddress);
    }

    private void Do(LinkMessage message)
    {
        foreach (var effect in _links.On(message))
        {
            switch (effect)
            {
                case LinkEffect.Send send: Send(send.Peer, send.Word); break;
                case LinkEffect.Pass or LinkEffect.Gone: _coordinator.Tell(effect); break;
                case LinkEffect.Down down:
                    _peers.Remove(down.Peer);
                    _cluster.Down(Address.Parse(down.Peer));
                    break;
                case LinkEffect.Release release: _peers.Remove(release.Peer); break;
                case LinkEffect.Doubt doubt:
                    Timers.StartSingleTimer(doubt.Node, new LinkMessage.DoubtOver(doubt.Node, doubt.Number), doubt.After);
                    break;
                case LinkEffect.Tell tell: _say(tell.Text); break;
                default: throw new InvalidOperationException($"No way to perform {effect}.");
            }
        }
    }

    private void Send(string peer, CoordinatorWord word)
    {
        if (word is CoordinatorWord.Welcome) _peers[peer] = Sender;
        if (_peers.TryGetValue(peer, out var known)) known.Tell(word);
        else Sender.Tell(word);
    }

    // Of nodes that are linked the silence decides: this would be the first to know of a coordinator that is cut off itself.
    private void PutOutStray(Member member)
    {
        if (!IsOwn(member) && !_peers.ContainsKey($"{member.Address}")) _cluster.Down(member.Address);
    }

    private bool IsOwn(Member member) => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress);

    private static string PeerOf(IActorRef sender) => $"{sender.Path.Address}";

    private sealed record Check;
}
