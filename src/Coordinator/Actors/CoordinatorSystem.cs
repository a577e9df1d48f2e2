using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A coordinator's actor system: a cluster of its own, of which it is the first member and never leaves.</summary>
public static class CoordinatorSystem
{
    /// <exception cref="ClusterException">The port is taken, or the address is not one of this machine.</exception>
    internal static ActorSystem Create(ClusterAddress at, ClusterTls? tls)
    {
        try
        {
            return ClusterSystems.Create(ClusterConfig.ForCoordinator(at, tls is not null), tls);
        }
        catch (Exception fault) when (Explain(fault, at) is { } why)
        {
            throw new ClusterException(why, fault);
        }
    }

    /// <summary>Opens the cluster: from now on nodes may join.</summary>
    /// <param name="say">Gets words for the operator, from any thread.</param>
    public static OpenCluster Open(ActorSystem system, CoordinatorWork work, Action<string> say)
    {
        var table = new LinkTable(Cluster.Get(system).SelfUniqueAddress.Uid);
        return new OpenCluster(new CoordinatorRef(Open(system, links => Props.Create(() => new CoordinatorActor(work, links)), table, say), work), table);
    }

    /// <param name="create">Given how it is to make its links: as its child, telling itself what comes.</param>
    internal static IActorRef Open(
        ActorSystem system, Func<Func<IActorRefFactory, IActorRef, IActorRef>, Props> create, LinkTable links, Action<string> say) => system.ActorOf(
            create((parent, self) => parent.ActorOf(Props.Create(() => new LinksActor(links, self, say)), "links")), "coordinator");

    /// <summary>What is wrong, where a system can't be made for the place where it should listen; else null.</summary>
    public static string? Explain(Exception fault, ClusterAddress at) => Cause(fault) switch
    {
        null => null,
        { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            $"{at} is taken: another coordinator is there, or some other program. Wait until it ends, or give this one another --cluster-address",
        var other => $"{at} can't be listened at: {other.Message}",
    };

    private static SocketException? Cause(Exception? fault) => fault switch
    {
        null => null,
        SocketException socket => socket,
        AggregateException many => many.InnerExceptions.Select(Cause).FirstOrDefault(cause => cause is not null),
        _ => Cause(fault.InnerException),
    };
}

/// <summary>A cluster that nodes may join.</summary>
public sealed record OpenCluster(CoordinatorRef Coordinator, LinkTable Links);
