using Akka.Actor;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A coordinator's actor system on loopback.</summary>
internal sealed class LoopbackCluster : IAsyncDisposable
{
    private readonly ActorSystem _system;

    public LoopbackCluster(bool isEncrypted)
    {
        var certificate = isEncrypted ? ThrowAwayCertificate.Create(TimeProvider.System) : null;
        _system = CoordinatorSystem.Create(new ClusterAddress("127.0.0.1", 0), certificate?.Tls);
        var at = new ClusterAddress("127.0.0.1", Akka.Cluster.Cluster.Get(_system).SelfAddress.Port!.Value);
        Introduction = certificate is null ? $"{at}" : ClusterAccess.Introduce(at, certificate);
    }

    /// <summary>How a fleet joins it.</summary>
    public string Introduction { get; }

    public CoordinatorRef Open(CoordinatorWork work) => CoordinatorSystem.Open(_system, work, Console.Error.WriteLine).Coordinator;

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
