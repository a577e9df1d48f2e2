namespace FashionSweep.Cluster.Tests.Network;

/// <summary>
/// A coordinator and its node a, on machines of the lab, for all tests of the collection, one after the other, each with a sweep of its own. Whose network
/// has failed is healed when a test ends.
/// </summary>
[CollectionDefinition(nameof(LabCluster))]
public sealed class LabCluster(SharedLab lab) : ICollectionFixture<LabCluster>, IDisposable
{
    private FragileCluster? _fragile;

    internal FragileCluster Fragile => _fragile ?? throw new InvalidOperationException("It was not started.");

    internal LiveCluster Cluster => Fragile.Cluster;

    internal Supervised Node => Cluster.Nodes[0];

    /// <summary>Where the coordinator takes checkpoints.</summary>
    internal string Address { get; private set; } = "";

    /// <summary>Waits until both are there; skips the test where there can be no lab.</summary>
    internal async Task StandsAsync()
    {
        if (_fragile is null)
        {
            _fragile = lab.Cluster();
            Address = _fragile.StartCoordinator();
            _fragile.StartNode("a", "--coordinator", Address);
        }
        await Cluster.ComesUpAsync();
    }

    /// <summary>Submits a sweep of one trial, which waits after its first epoch until that was seen.</summary>
    /// <returns>Its file.</returns>
    internal async Task<string> TrainAsync(string sweep, int epochs)
    {
        await StandsAsync();
        var file = Cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs, sweep));
        Cluster.Fsweep.Hold();
        await Cluster.SubmitAsync(file);
        await Cluster.TrainsAsync(sweep, Node.Name, epoch: 1);
        return file;
    }

    public void Dispose() => _fragile?.Dispose();
}
