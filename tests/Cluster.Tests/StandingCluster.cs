using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>
/// A coordinator and its node a, for all tests of the collection, one after the other, each with a sweep of its own. What befalls the coordinator is over
/// when a test ends, but its node, which lives through all of it, may be on its way back.
/// </summary>
[CollectionDefinition(nameof(StandingCluster))]
public sealed class StandingCluster : ICollectionFixture<StandingCluster>, IAsyncLifetime
{
    internal LiveCluster Cluster { get; } = new();

    internal Supervised Node => Cluster.Nodes[0];

    public async ValueTask InitializeAsync()
    {
        Cluster.StartCoordinator();
        Cluster.StartNode("a");
        await Cluster.ComesUpAsync();
    }

    public ValueTask DisposeAsync()
    {
        Cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Submits a sweep of one trial, which waits after its first epoch.</summary>
    internal async Task<(string File, TrialId Trial)> SubmitAsync(string sweep, int epochs)
    {
        var file = Write(sweep, epochs);
        await Cluster.SubmitAsync(file);
        return (file, new TrialId(sweep, 1));
    }

    /// <inheritdoc cref="SubmitAsync"/>
    internal async Task<(string File, TrialId Trial)> TrainAsync(string sweep, int epochs)
    {
        var submitted = await SubmitAsync(sweep, epochs);
        await Cluster.TrainsAsync(sweep, Node.Name, epoch: 1);
        return submitted;
    }

    /// <returns>The file of a sweep to be submitted.</returns>
    internal string Write(string sweep, int epochs)
    {
        Cluster.Fsweep.Hold();
        return Cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs, sweep));
    }
}
