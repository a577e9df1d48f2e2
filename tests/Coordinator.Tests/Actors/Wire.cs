using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Tests.Machine;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Tests.Actors;

/// <summary>
/// An actor system that reaches nobody: the coordinator's links, and the nodes behind them, are the test itself. Its timers fire when told to.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private static readonly Config Manual = ConfigurationFactory.ParseString("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);

    private readonly ActorSystem _system = ActorSystem.Create("coordinator", Manual.WithFallback(ClusterConfig.Local));
    private readonly Channel<(NodeId Node, ToNode Message)> _sent = Channel.CreateUnbounded<(NodeId, ToNode)>();
    private readonly Dictionary<string, long> _numbers = [];
    private IActorRef _coordinator = ActorRefs.Nobody;
    private long _saved;

    /// <summary>Told of each order, in turn.</summary>
    public Action<NodeId, ToNode> OnSent { get; init; } = (_, _) => { };

    /// <summary>How much of what nodes said is confirmed.</summary>
    public long Saved => Interlocked.Read(ref _saved);

    public CoordinatorRef Open(CoordinatorWork work)
    {
        _coordinator = _system.ActorOf(Props.Create(() => new CoordinatorActor(
            work, (parent, _) => parent.ActorOf(Props.Create(() => new Links(this)), "links"))));
        return new CoordinatorRef(_coordinator, work);
    }

    public void Join(string node, int slots = 1, params IReadOnlyList<Lease> held) =>
        Say(node, new ToCoordinator.NodeJoined(SweepBench.Node(node, slots), held));

    public void Say(string node, ToCoordinator message)
    {
        var number = _numbers[node] = _numbers.GetValueOrDefault(node) + 1;
        _coordinator.Tell(new LinkEffect.Pass(new NodeId(node), "p", number, message));
    }

    public void Advance(TimeSpan time) => ((TestScheduler)_system.Scheduler).Advance(time);

    public async Task<T> NextAsync<T>() where T : ToNode
    {
        while (true)
            if ((await _sent.Reader.ReadAsync()).Message is T wanted) return wanted;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private void Send(LinkMessage.Order order)
    {
        foreach (var message in order.Messages)
        {
            OnSent(order.Node, message);
            _sent.Writer.TryWrite((order.Node, message));
        }
    }

    private sealed class Links : ReceiveActor
    {
        public Links(Wire wire)
        {
            var saved = new Dictionary<NodeId, long>();
            Receive<LinkMessage.Order>(wire.Send);
            Receive<LinkMessage.Saved>(confirmed =>
            {
                saved[confirmed.Node] = confirmed.Number;
                Interlocked.Exchange(ref wire._saved, saved.Values.Sum());
            });
            ReceiveAny(_ => { });
        }
    }
}
