using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>A coordinator and two nodes, for all tests of a class, one after the other, each with a sweep of its own. What has died is started again.</summary>
public sealed class NodePair : IAsyncLifetime
{
    internal LiveCluster Cluster { get; } = new(free: 3);

    public async ValueTask InitializeAsync()
    {
        Cluster.StartCoordinator();
        foreach (var name in new[] { "a", "b" }) Cluster.StartNode(name);
        await Cluster.ComesUpAsync();
    }

    public ValueTask DisposeAsync()
    {
        Cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until both nodes are there.</summary>
    internal async Task StandsAsync()
    {
        foreach (var node in Cluster.Nodes.Where(node => !node.IsKept)) node.StartAgain();
        foreach (var node in Cluster.Nodes) await Cluster.HasAsync(node.Name);
    }

    /// <summary>Submits a sweep of one trial, which waits after its third epoch.</summary>
    /// <returns>Its file, the node that the trial was given to, and the other one.</returns>
    internal async Task<(string File, Supervised Busy, Supervised Idle)> SubmitAsync(string sweep, int epochs)
    {
        Cluster.Fsweep.Hold();
        var file = Cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs, sweep));
        await Cluster.SubmitAsync(file);
        var first = await Cluster.AttemptAsync(new TrialId(sweep, 1), attempt => attempt.Lease.Attempt == 1);
        var busy = Cluster.Nodes.Single(node => node.Name == first.Lease.Node.Name);
        return (file, busy, Cluster.Nodes.Single(node => node != busy));
    }
}
