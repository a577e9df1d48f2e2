using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Shared.Tests.Cluster;

/// <summary>A coordinator's actor system on loopback, whose links are the test itself; and peers of it, welcome ones and strangers.</summary>
internal sealed class ClusterTestSystem : IAsyncDisposable
{
    // A limit for a test that hangs; a test that passes never waits for it.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ActorSystem> _systems = [];
    private readonly System.Threading.Channels.Channel<(object Message, IActorRef Sender)> _heard =
        System.Threading.Channels.Channel.CreateUnbounded<(object, IActorRef)>();

    private ClusterTestSystem(ActorSystem coordinator, bool isEncrypted)
    {
        (Coordinator, IsEncrypted) = (coordinator, isEncrypted);
        _systems.Add(coordinator);
        coordinator.ActorOf(Props.Create(() => new Parent(_heard.Writer)), "coordinator");
        var cluster = Akka.Cluster.Cluster.Get(coordinator);
        cluster.Join(cluster.SelfAddress);
        Address = new ClusterAddress("127.0.0.1", cluster.SelfAddress.Port!.Value);
    }

    public ActorSystem Coordinator { get; }

    public bool IsEncrypted { get; }

    public ClusterAddress Address { get; }

    public static ClusterTestSystem Open(ClusterTls? tls) =>
        new(ClusterSystems.Create(ClusterConfig.ForCoordinator(new ClusterAddress("127.0.0.1", 0), tls is not null), tls), tls is not null);

    /// <summary>A node's membership, not joined yet.</summary>
    public ActorSystem AddNode(ClusterTls? tls) => Add(ClusterConfig.ForNode(Address.Host, IsEncrypted), tls);

    /// <summary>Somebody with Akka's own settings.</summary>
    public ActorSystem AddStranger(string more = "")
    {
        var system = ActorSystem.Create(ClusterConfig.SystemName, ConfigurationFactory.ParseString($$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            """).WithFallback(ConfigurationFactory.ParseString(more)));
        _systems.Add(system);
        return system;
    }

    public ActorSystem Add(Config config, ClusterTls? tls)
    {
        var system = ClusterSystems.Create(config, tls);
        _systems.Add(system);
        return system;
    }

    public Address CoordinatorAddress => Akka.Actor.Address.Parse(ClusterConfig.Uri(Address, IsEncrypted));

    /// <summary>The coordinator's links, as a peer addresses them with the encryption that it has.</summary>
    public IActorRef LinksFrom(ActorSystem peer) =>
        ClusterConfig.LinksOf(Address, Akka.Cluster.Cluster.Get(peer).SelfAddress.Protocol == "akka.ssl.tcp", peer);

    public async Task<(object Message, IActorRef Sender)> HearAsync() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public bool HasHeard => _heard.Reader.Count > 0;

    public async Task<bool> HasMemberAsync(ActorSystem peer, TimeSpan patience)
    {
        var address = Akka.Cluster.Cluster.Get(peer).SelfAddress;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(20))
            if (Akka.Cluster.Cluster.Get(Coordinator).State.Members.Any(member => member.Address.Equals(address) && member.Status == MemberStatus.Up))
                return true;
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in Enumerable.Reverse(_systems)) await system.Terminate();
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(System.Threading.Channels.ChannelWriter<(object, IActorRef)> heard) => Context.ActorOf(Props.Create(() => new Ear(heard)), "links");

        protected override SupervisorStrategy SupervisorStrategy() => KillResumes.Else(_ => { });
    }

    private sealed class Ear : ReceiveActor
    {
        public Ear(System.Threading.Channels.ChannelWriter<(object, IActorRef)> heard) => ReceiveAny(message => heard.TryWrite((message, Sender)));
    }
}
