[assembly: AssemblyFixture(typeof(FashionSweep.Cluster.Tests.Network.SharedLab))]

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>One lab for all tests that cut networks; built for the first that asks.</summary>
public sealed class SharedLab : IDisposable
{
    private readonly Lock _building = new();
    private Lab? _lab;

    /// <summary>A cluster whose networks can fail; skips the test where there can be none.</summary>
    internal FragileCluster Cluster()
    {
        lock (_building)
        {
            try
            {
                return new FragileCluster(_lab ??= Lab.Build());
            }
            catch (NetworkException why)
            {
                Assert.Skip($"network namespaces can't be made here: {why.Message}");
                throw;
            }
        }
    }

    public void Dispose() => _lab?.Dispose();
}
