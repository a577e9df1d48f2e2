using System.Collections.Concurrent;
using Akka.Actor;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Coordinator and nodes in one actor system, and nothing between them: what they cost by themselves.</summary>
internal sealed class LocalWire : IAsyncDisposable
{
    // Actors connect, each on its own thread.
    private readonly ConcurrentDictionary<NodeId, Action<ToNode>> _nodes = [];
    private IActorRef _coordinator = ActorRefs.Nobody;
    private long _saved;

    public ActorSystem System { get; } = ActorSystem.Create("bench", ClusterConfig.Local);

    /// <summary>How much of what nodes said is confirmed.</summary>
    public long Saved => Interlocked.Read(ref _saved);

    public CoordinatorRef Open(CoordinatorWork work)
    {
        _coordinator = System.ActorOf(Props.Create(() => new CoordinatorActor(
            work, (parent, _) => parent.ActorOf(Props.Create(() => new Hub(this)), "links"))), "coordinator");
        return new CoordinatorRef(_coordinator, work);
    }

    /// <summary>Before the node announces itself.</summary>
    public void Connect(NodeId node, Action<ToNode> deliver) => _nodes[node] = deliver;

    /// <param name="number">From 1 for each node; 0 for a sign of life.</param>
    public void Say(NodeId node, long number, ToCoordinator message) => _coordinator.Tell(new LinkEffect.Pass(node, "p", number, message));

    public void Leave(NodeId node, long number) => _coordinator.Tell(new LinkEffect.Gone(node, "p", number, "The node has left.", HasLeft: true));

    public async ValueTask DisposeAsync() => await System.Terminate();

    private sealed class Hub : ReceiveActor
    {
        public Hub(LocalWire wire)
        {
            var saved = new Dictionary<NodeId, long>();
            Receive<LinkMessage.Order>(order =>
            {
                foreach (var message in order.Messages) wire._nodes[order.Node](message);
            });
            Receive<LinkMessage.Saved>(confirmed =>
            {
                Interlocked.Add(ref wire._saved, confirmed.Number - saved.GetValueOrDefault(confirmed.Node));
                saved[confirmed.Node] = confirmed.Number;
            });
            ReceiveAny(_ => { });
        }
    }
}

/// <summary>The end of a <see cref="LocalWire"/> in the place of a node's uplink.</summary>
internal sealed class LocalUplink : ReceiveActor
{
    private long _said;

    public LocalUplink(LocalWire wire, NodeId id, IActorRef node)
    {
        Receive<ToCoordinator>(message => wire.Say(id, ++_said, message));
        Receive<UplinkMessage.Leave>(_ =>
        {
            wire.Leave(id, ++_said);
            node.Tell(new TrainerNode.Actor.UplinkActor.AllSaved());
        });
    }
}
