using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Cluster.Tests;

/// <summary>Whoever may join a cluster, as by a node's certificate, can put any member out of it by hand. This one does.</summary>
internal sealed class Insider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A node tells others nothing by itself, so that nobody would learn what this one decides; and it leaves it to them to act upon it.
    private static readonly Config Talkative = ConfigurationFactory.ParseString("""
        akka.cluster { gossip-interval = 200ms, leader-actions-interval = 10d }
        """);

    private readonly ActorSystem _system;

    private Insider(ActorSystem system) => _system = system;

    /// <param name="files">Null: the cluster is not encrypted.</param>
    public static async Task<Insider> JoinAsync(ClusterAddress at, ClusterFiles? files)
    {
        var tls = files?.ForNode(at.Host, _ => { });
        var system = ClusterSystems.Create(Talkative.WithFallback(ClusterConfig.ForNode(LocalRoute.To(at), tls is not null)), tls);
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.JoinSeedNodes([Address.Parse(ClusterConfig.Uri(at, tls is not null))]);
        // It need not be up for what it does.
        await Eventually.HoldsAsync(() => !cluster.State.Members.IsEmpty, Patience, () => "The insider was not let in.");
        return new Insider(system);
    }

    /// <summary>Puts out all others of whom this is so. It takes a moment.</summary>
    public void PutOut(Func<Member, bool> wanted)
    {
        var cluster = Akka.Cluster.Cluster.Get(_system);
        foreach (var member in cluster.State.Members.Where(member => !member.UniqueAddress.Equals(cluster.SelfUniqueAddress) && wanted(member)))
            cluster.Down(member.Address);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
