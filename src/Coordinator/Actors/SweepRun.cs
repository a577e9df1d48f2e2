using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Transport;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A sweep on this machine alone: its actor, its nodes, and the pipes between them.</summary>
public sealed class SweepRun : IAsyncDisposable
{
    private readonly PipeCoordinatorTransport _transport = new();
    private readonly LocalNodesOptions _options;
    private readonly SweepMachine _machine;
    private readonly LocalNodes _nodes;

    /// <param name="machine">Of the sweep, which is stored already.</param>
    public SweepRun(LocalNodesOptions nodes, ITrialStore store, SweepMachine machine, TimeProvider time)
    {
        (_options, _machine) = (nodes, machine);
        var cluster = new ClusterMachine(isStanding: false, EngineFacts.WeightsOf);
        Actor = new ClusterActor(cluster, store, _transport, new CheckpointFolder(nodes.Checkpoints), time);
        _nodes = new LocalNodes(
            new NodeLauncher(nodes),
            (node, process) => _transport.Attach(node, process.FromNode, process.ToNode, process.ReasonOfEnd),
            reason => Actor.Tell(new ClusterMessage.NodesGivenUp(reason)), () => Actor.IsEnding, time);
    }

    public ClusterActor Actor { get; }

    /// <summary>Runs the sweep to its end.</summary>
    /// <param name="observe">Told of each event after it is stored, in order, from one thread at a time.</param>
    /// <param name="stop">Stops the sweep cleanly: it can go on later.</param>
    /// <exception cref="NodesException">
    /// No node could be kept running; the message says why. The sweep's end is stored as <see cref="SweepEnd.NoNodes"/>.
    /// </exception>
    /// <exception cref="StoreException">The store can't be written.</exception>
    public async Task<SweepEnd> RunAsync(Action<SweepEvent> observe, CancellationToken stop)
    {
        using var stopping = stop.Register(() => Actor.Tell(new ClusterMessage.StopRequested()));
        Actor.Tell(new ClusterMessage.Begin(_machine));
        _nodes.Start(_options.Nodes);
        var end = (await Actor.RunAsync(happened =>
        {
            _nodes.Observe(happened);
            observe(happened);
        }, CancellationToken.None))!;
        return end.How == SweepEnd.NoNodes ? throw new NodesException(end.Reason!) : end.How;
    }

    /// <summary>No node is left running, however the sweep has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        // To close its input tells a node to leave, too: one that was started too late to be told otherwise.
        await _transport.DisposeAsync();
        await _nodes.EndAsync();
    }
}
