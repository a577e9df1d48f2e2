using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>A real uplink on loopback, whose coordinator's links are the test itself: what Akka does to a membership, the node comes back from.</summary>
public sealed class UplinkActorTests : IAsyncDisposable
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly NodeId Ann = new("ann");

    private readonly ActorSystem _node = ActorSystem.Create("node", ClusterConfig.Local);
    private readonly Channel<object> _delivered = Channel.CreateUnbounded<object>();
    private readonly Channel<(NodeWord.Hello Word, string Peer)> _hellos = Channel.CreateUnbounded<(NodeWord.Hello, string)>();
    private readonly LineWriter _log = new();
    private ActorSystem _coordinator = ClusterSystems.Create(ClusterConfig.ForCoordinator(new ClusterAddress("127.0.0.1", 0), isEncrypted: false), null);
    private IActorRef _uplink = ActorRefs.Nobody;

    public async ValueTask DisposeAsync()
    {
        await _node.Terminate();
        await _coordinator.Terminate();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task AMemberThatIsPutOutByHandComesBackAsTheSameProcess()
    {
        var (hello, peer) = await JoinAsync();

        Akka.Cluster.Cluster.Get(_coordinator).Down(Address.Parse(peer));
        ((IRemoteActorRefProvider)((ExtendedActorSystem)_coordinator).Provider).Transport.Quarantine(Address.Parse(peer), UidOf(peer));

        await ComesBackAsync(hello, peer);
    }

    [Fact]
    public async Task ACoordinatorThatIsStartedAgainAtItsPortIsJoinedAnew()
    {
        var (hello, peer) = await JoinAsync();
        var at = AtOf(_coordinator);

        await _coordinator.Terminate();
        _coordinator = ClusterSystems.Create(ClusterConfig.ForCoordinator(at, isEncrypted: false), null);
        Open();

        (await ComesBackAsync(hello, peer)).Coordinator.ShouldBe(Akka.Cluster.Cluster.Get(_coordinator).SelfUniqueAddress.Uid);
        _log.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task AllThatItSaidIsSavedWhenItLeaves()
    {
        await JoinAsync();
        _uplink.Tell(new ToCoordinator.NodeAlive(Ann));
        _uplink.Tell(new UplinkMessage.Leave());
        while (await DeliveredAsync() is not UplinkActor.AllSaved) continue;
    }

    private async Task<(NodeWord.Hello Hello, string Peer)> JoinAsync()
    {
        Open();
        var access = new ClusterAccess(AtOf(_coordinator), null);
        var log = new NodeLog(Ann, _log, _log, TimeProvider.System);
        var delivered = _delivered.Writer;
        var node = _node.ActorOf(Props.Create(() => new Ear(delivered)));
        _uplink = _node.ActorOf(Props.Create(() => new UplinkActor(Ann, access, node, log, TimeProvider.System)));
        (await DeliveredAsync()).ShouldBe(new NodeMessage.Ordered(new ToNode.Announce()));
        return await HelloAsync();
    }

    private async Task<NodeWord.Hello> ComesBackAsync(NodeWord.Hello before, string peer)
    {
        (await DeliveredAsync()).ShouldBe(new NodeMessage.Ordered(new ToNode.Announce()));
        var again = await HelloAsync();
        // Those that it said through the old one may still be among them.
        while (again.Peer == peer) again = await HelloAsync();
        again.Word.Process.ShouldBe(before.Process);
        return again.Word;
    }

    private void Open()
    {
        var hellos = _hellos.Writer;
        _coordinator.ActorOf(Props.Create(() => new Parent(hellos)), "coordinator");
        var cluster = Akka.Cluster.Cluster.Get(_coordinator);
        cluster.Join(cluster.SelfAddress);
    }

    private int UidOf(string peer) =>
        Akka.Cluster.Cluster.Get(_coordinator).State.Members.First(member => $"{member.Address}" == peer).UniqueAddress.Uid;

    private static ClusterAddress AtOf(ActorSystem coordinator) => new("127.0.0.1", Akka.Cluster.Cluster.Get(coordinator).SelfAddress.Port!.Value);

    private Task<object> DeliveredAsync() => _delivered.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private Task<(NodeWord.Hello Word, string Peer)> HelloAsync() => _hellos.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private sealed class Ear : ReceiveActor
    {
        public Ear(ChannelWriter<object> delivered) => ReceiveAny(message => delivered.TryWrite(message));
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(ChannelWriter<(NodeWord.Hello, string)> hellos) => Context.ActorOf(Props.Create(() => new Links(hellos)), "links");
    }

    /// <summary>Welcomes whoever has joined this coordinator, and saves all at once.</summary>
    private sealed class Links : ReceiveActor
    {
        private readonly int _uid = Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress.Uid;
        private readonly HashSet<string> _welcome = [];
        private long _last;

        public Links(ChannelWriter<(NodeWord.Hello, string)> hellos)
        {
            Receive<NodeWord.Hello>(hello =>
            {
                var peer = $"{Sender.Path.Address}";
                if (hello.Coordinator == _uid && _welcome.Add(peer)) hellos.TryWrite((hello, peer));
                Sender.Tell(hello.Coordinator == _uid ? new CoordinatorWord.Welcome() : new CoordinatorWord.Unknown());
            });
            Receive<NodeWord>(_ => Sender.Tell(new CoordinatorWord.Unknown()), _ => !_welcome.Contains($"{Sender.Path.Address}"));
            Receive<NodeWord.News>(news => Save(news.First + news.Messages.Count - 1));
            Receive<NodeWord.Leaving>(leaving => Save(leaving.Number));
            Receive<NodeWord>(_ => Save(_last));
        }

        private void Save(long number)
        {
            _last = Math.Max(_last, number);
            Sender.Tell(new CoordinatorWord.Saved(_last));
        }
    }
}
