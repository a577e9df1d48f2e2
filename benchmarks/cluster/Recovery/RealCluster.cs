using FashionSweep.Cluster.Tests;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>The real programs on loopback, whose nodes train and wait for nobody.</summary>
internal static class RealCluster
{
    private static readonly Lazy<TestCertificates> Certificates = new(
        () => new TestCertificates(Directory.CreateTempSubdirectory("fsweep-bench-").FullName));

    public static LiveCluster Create(bool isEncrypted) => new(free: null) { Certificates = isEncrypted ? Certificates.Value : null };
}
