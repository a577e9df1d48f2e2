using FashionSweep.Coordinator.Actor;
using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Cluster;

/// <summary>The coordinator of a cluster, in one process: what it is made of, and in which order that comes and goes.</summary>
/// <param name="say">Gets lines for the operator, from any thread.</param>
internal sealed class ClusterCoordinator(CoordinatorOptions options, Action<string> say, TimeProvider time)
{
    /// <summary>Works until it is stopped. The nodes work on then, and the next coordinator of the store goes on.</summary>
    /// <exception cref="StoreException">The store is in use, or can't be written.</exception>
    /// <exception cref="BrokerException">The broker can't be used, or the cluster has a coordinator.</exception>
    /// <exception cref="ListenException">It can't listen where it should.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var folder = options.Store;
        using var store = SqliteStore.OpenForWriting(folder);
        await using var transport = await RabbitMqCoordinatorTransport.ConnectAsync(options.Broker, say, stop);
        var actor = new ClusterActor(new ClusterMachine(isStanding: true), store, transport, new CheckpointFolder(folder.Checkpoints), time);
        using var control = new ClusterControl(actor, folder, time);
        GoOn(control, store);
        await using var socket = await ControlServer.StartAsync(folder, control);
        await using var listener = await ListenAsync(control);
        try
        {
            await actor.RunAsync(control.On, stop);
        }
        finally
        {
            // Without a word to the nodes, however this ends: they work on for whoever follows.
            await transport.HandOverAsync();
        }
    }

    private void GoOn(ClusterControl control, SqliteStore store)
    {
        var (takenUp, faults) = control.GoOn(store);
        foreach (var fault in faults) say(fault);
        say($"coordinator of cluster {options.Broker.Cluster} on {options.Store}, with the broker at {options.Broker.Broker.Authority}");
        say(takenUp.Count == 0 ? $"no sweep is in work: ./fsweep submit FILE --store {options.Store}" : $"goes on with {string.Join(", ", takenUp)}");
    }

    private async Task<WebListener?> ListenAsync(ClusterControl control)
    {
        if (options.Web is not { } web) return null;
        var listener = await WebListener.StartAsync(web, routes =>
        {
            ControlApi.Map(routes, control);
            CheckpointApi.Map(routes, options.Store.Checkpoints, time);
        });
        say($"listens on {listener.Address}");
        return listener;
    }
}
