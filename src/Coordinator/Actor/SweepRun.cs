using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Nodes;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Transport;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actor;

/// <summary>A sweep on this machine alone: its actor, its nodes, and the pipes between them.</summary>
public static class SweepRun
{
    /// <summary>Runs a sweep to its end. No node is left running, however it ends.</summary>
    /// <param name="machine">Of the sweep, which is stored already.</param>
    /// <param name="observe">Told of each event after it is stored, in order, from one thread at a time.</param>
    /// <param name="stop">Stops the sweep cleanly: it can go on later.</param>
    /// <exception cref="NodesException">No node could be kept running; the message says why. The sweep's end is stored as <see cref="SweepEnd.NoNodes"/>.</exception>
    /// <exception cref="StoreException">The store can't be written.</exception>
    public static async Task<SweepEnd> RunAsync(
        LocalNodesOptions nodes, ITrialStore store, SweepMachine machine, Action<SweepEvent> observe, CancellationToken stop)
    {
        var transport = new PipeCoordinatorTransport();
        var actor = new SweepActor(machine, store, transport, new CheckpointFolder(nodes.Checkpoints), TimeProvider.System);
        var local = new LocalNodes(
            new NodeLauncher(nodes),
            (node, process) => transport.Attach(node, process.FromNode, process.ToNode, process.ReasonOfEnd),
            reason => actor.Tell(new SweepMessage.NodesGivenUp(reason)), () => actor.IsEnding, TimeProvider.System);
        using var stopping = stop.Register(() => actor.Tell(new SweepMessage.StopRequested()));
        try
        {
            local.Start(nodes.Nodes);
            var end = await actor.RunAsync(happened =>
            {
                local.Observe(happened);
                observe(happened);
            });
            return end.How == SweepEnd.NoNodes ? throw new NodesException(end.Reason!) : end.How;
        }
        finally
        {
            // To close its input tells a node to leave, too: one that was started too late to be told otherwise.
            await transport.DisposeAsync();
            await local.EndAsync();
        }
    }
}
