using FashionSweep.Shared.Http;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Cluster.Tests;

/// <summary>
/// A coordinator, which listens, and its node a, for tests that run one after the other, each with a sweep of its own. All of it speaks TLS, with one
/// certificate for the network and the cluster.
/// </summary>
[CollectionDefinition(nameof(SecuredCluster))]
public sealed class SecuredCluster : ICollectionFixture<SecuredCluster>, IAsyncLifetime
{
    /// <summary>What the coordinator asks for.</summary>
    internal const string Token = "a-token-of-the-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-secured-");

    public SecuredCluster()
    {
        Certificates = new TestCertificates(_folder.FullName);
        Cluster = new LiveCluster { Certificates = Certificates, Variables = { [AccessToken.Variable] = Token } };
    }

    internal TestCertificates Certificates { get; }

    internal LiveCluster Cluster { get; }

    internal Supervised Node => Cluster.Nodes[0];

    /// <summary>Where the coordinator listens.</summary>
    internal string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var line = await Cluster.StartCoordinator("--listen", "https://127.0.0.1:0").SaysAsync("listens on ");
        Address = line[line.IndexOf("https://", StringComparison.Ordinal)..].TrimEnd('/');
        Cluster.StartNode("a");
        await Cluster.ComesUpAsync();
    }

    public ValueTask DisposeAsync()
    {
        Cluster.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Submits a sweep of one trial, which waits after its first epoch.</summary>
    /// <returns>Its file.</returns>
    internal async Task<string> TrainAsync(string sweep, int epochs)
    {
        Cluster.Fsweep.Hold();
        var file = Cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs, sweep));
        await Cluster.SubmitAsync(file);
        await Cluster.TrainsAsync(sweep, Node.Name, epoch: 1);
        return file;
    }
}
