using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using FashionSweep.Shared.Links;

namespace FashionSweep.Shared.Cluster;

/// <summary>
/// How Akka is to run. A cluster is a star: nodes speak with the coordinator alone, neither gossip nor watch each other, and need not be reached. The
/// figures are measured: docs/decisions/0016.
/// </summary>
public static class ClusterConfig
{
    /// <summary>Of every system that joins a cluster.</summary>
    public const string SystemName = "fsweep";

    public const string CoordinatorRole = "coordinator";
    public const string NodeRole = "trainer";

    private const string Links = "coordinator/links";

    /// <summary>For an actor system that nobody else reaches.</summary>
    public static Config Local { get; } = ConfigurationFactory.ParseString($$"""
        akka {
          actor.serializers.json = "{{typeof(RefusingSerializer).AssemblyQualifiedName}}"
          loggers = []
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          scheduler.tick-duration = 100ms
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
            default-phase-timeout = 200ms
          }
        }
        """);

    /// <summary>For the coordinator of a cluster.</summary>
    /// <param name="at">
    /// As nodes know it. Off loopback it listens on all networks, since it may be known by a name that is not its own, as in a container.
    /// </param>
    public static Config ForCoordinator(ClusterAddress at, bool isEncrypted) => Role(CoordinatorRole, "200ms", "1s", watched: 10_000)
        .WithFallback(Place(at.IsLoopback ? "127.0.0.1" : "0.0.0.0", at.Host, at.Port, isEncrypted))
        .WithFallback(Common)
        .WithFallback(Local);

    /// <summary>For a node's membership.</summary>
    /// <param name="own">This machine's address, as a <see cref="LocalRoute"/> finds it.</param>
    public static Config ForNode(string own, bool isEncrypted) => Role(NodeRole, "10d", "10d", watched: 1)
        .WithFallback(Place(own, own, 0, isEncrypted))
        .WithFallback(Common)
        .WithFallback(Local);

    /// <summary>The actor that holds the coordinator's ends of links.</summary>
    /// <param name="peer">Whoever is to speak with it.</param>
    /// <remarks>By its path, and not by a selection: those are closed to strangers.</remarks>
    public static IActorRef LinksOf(ClusterAddress at, bool isEncrypted, ActorSystem peer) =>
        ((ExtendedActorSystem)peer).Provider.ResolveActorRef($"{Uri(at, isEncrypted)}/user/{Links}");

    /// <summary>As Akka writes an address of a cluster.</summary>
    public static string Uri(ClusterAddress at, bool isEncrypted) => $"{(isEncrypted ? "akka.ssl.tcp" : "akka.tcp")}://{SystemName}@{at}";

    private static Config Role(string role, string gossip, string heartbeat, int watched) => ConfigurationFactory.ParseString(
        string.Create(CultureInfo.InvariantCulture, $$"""
        akka.cluster {
          roles = ["{{role}}"]
          gossip-interval = {{gossip}}
          failure-detector { heartbeat-interval = {{heartbeat}}, monitored-by-nr-of-members = {{watched}} }
        }
        """));

    private static Config Place(string bind, string host, int port, bool isEncrypted) => ConfigurationFactory.ParseString(
        string.Create(CultureInfo.InvariantCulture, $$"""
        akka.remote.dot-netty.tcp {
          hostname = "{{bind}}"
          public-hostname = "{{host}}"
          port = {{port}}
          enable-ssl = {{(isEncrypted ? "true" : "false")}}
        }
        """));

    private static Config Common { get; } = ConfigurationFactory.ParseString($$"""
        akka {
          actor {
            provider = cluster
            guardian-supervisor-strategy = "{{typeof(KillResumes).AssemblyQualifiedName}}"
            serializers.words = "{{typeof(WordSerializer).AssemblyQualifiedName}}"
            serialization-bindings {
              "{{typeof(NodeWord).AssemblyQualifiedName}}" = words
              "{{typeof(CoordinatorWord).AssemblyQualifiedName}}" = words
            }
          }
          remote {
            retry-gate-closed-for = 300ms
            flush-wait-on-shutdown = 100ms
            log-remote-lifecycle-events = off
            untrusted-mode = on
            trusted-selection-paths = ["/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver"]
            transport-failure-detector { heartbeat-interval = 1s, acceptable-heartbeat-pause = 7s }
            watch-failure-detector { heartbeat-interval = 1s, acceptable-heartbeat-pause = 7s }
            dot-netty.tcp {
              tcp-reuse-addr = off
              connection-timeout = 3s
              maximum-frame-size = 1200000b
              send-buffer-size = 2400000b
              receive-buffer-size = 2400000b
              batching.enabled = false
            }
          }
          cluster {
            downing-provider-class = "Akka.Cluster.NoDowning, Akka.Cluster"
            seed-nodes = []
            seed-node-timeout = 350ms
            retry-unsuccessful-join-after = 500ms
            periodic-tasks-initial-delay = 20ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 200ms
            scheduler.tick-duration = 100ms
            run-coordinated-shutdown-when-down = off
            log-info = off
            failure-detector.acceptable-heartbeat-pause = 6s
          }
          coordinated-shutdown.terminate-actor-system = off
        }
        """);
}
