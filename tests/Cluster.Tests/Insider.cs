using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Cluster.Tests;

/// <summary>Whoever may join a cluster, as by a node's certificate, can put any member out of it by hand. This one does.</summary>
internal sealed class Insider : IAsyncDisposable
{
    // A node tells others nothing by itself, so that nobody would learn what this one decides; and it leaves it to them to act upon it.
    private static readonly Config Talkative = ConfigurationFactory.ParseString("""
        akka.cluster { gossip-interval = 200ms, leader-actions-interval = 10d }
        """);

    private readonly ActorSystem _system;

    private Insider(ActorSystem system) => _system = system;

    /// <param name="files">Null: the cluster is not encrypted.</param>
    public static Insider Join(ClusterAddress at, ClusterFiles? files)
    {
        var tls = files?.ForNode(at.Host, _ => { });
        var system = ClusterSystems.Create(Talkative.WithFallback(ClusterConfig.ForNode(LocalRoute.To(at), tls is not null)), tls);
        Akka.Cluster.Cluster.Get(system).JoinSeedNodes([Address.Parse(ClusterConfig.Uri(at, tls is not null))]);
        return new Insider(system);
    }

    /// <summary>
    /// Puts out one of the others, as soon as it knows one of whom this is so; it need not be up for that. The others hear of it a moment later.
    /// </summary>
    public async Task PutOutAsync(Func<Member, bool> wanted)
    {
        var cluster = Akka.Cluster.Cluster.Get(_system);
        var member = await Eventually.GetAsync(
            () => cluster.State.Members.FirstOrDefault(known => !known.UniqueAddress.Equals(cluster.SelfUniqueAddress) && IsIn(known) && wanted(known)),
            LiveCluster.Patience, () => "The insider knows of no such member.");
        cluster.Down(member.Address);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private static bool IsIn(Member member) => member.Status is not (MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed);
}
