using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace FashionSweep.Shared.Cluster;

/// <summary>Makes the actor systems that join clusters.</summary>
public static class ClusterSystems
{
    /// <param name="tls">Null: not encrypted.</param>
    public static ActorSystem Create(Config config, ClusterTls? tls)
    {
        ActorSystemSetup setup = tls is null
            ? ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config))
            : ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), tls.Setup);
        var system = ActorSystem.Create(ClusterConfig.SystemName, setup);
        KeepUp(system);
        return system;
    }

    /// <summary>Makes that a system ends when it is terminated, and never by itself.</summary>
    /// <remarks>
    /// Akka.Remote begins the coordinated shutdown of its own system where a TLS handshake that it began breaks off, as with a peer that is killed just then.
    /// A system has one shutdown: this one does nothing, and takes that one's place.
    /// </remarks>
    public static void KeepUp(ActorSystem system) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseActorSystemTerminate);
}
