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
        return ActorSystem.Create(ClusterConfig.SystemName, setup);
    }
}
