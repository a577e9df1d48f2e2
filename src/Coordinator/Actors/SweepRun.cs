using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A sweep on this machine alone: its coordinator, its nodes, and the cluster that they make.</summary>
public sealed class SweepRun : IAsyncDisposable
{
    private readonly LocalCluster _cluster = new();
    private readonly CoordinatorWork _work;
    private readonly SweepMachine _machine;
    private readonly LocalNodes _nodes;
    private readonly TaskCompletionSource _begun = new();

    /// <param name="launcher">Of such nodes.</param>
    /// <param name="machine">Of the sweep, which is stored already.</param>
    public SweepRun(LocalNodesOptions nodes, INodeLauncher launcher, ITrialStore store, SweepMachine machine, TimeProvider time)
    {
        _machine = machine;
        _work = new CoordinatorWork(new ClusterMachine(isStanding: false, EngineFacts.WeightsOf), store, new CheckpointFolder(nodes.Checkpoints), time);
        _nodes = new LocalNodes(
            launcher, _cluster.Attach, reason => _ = GiveUpAsync(reason), () => _work.IsEnding, time);
        // First, so that they start while the system here is made.
        _nodes.Start(nodes.Nodes);
        Coordinator = CoordinatorSystem.Open(_cluster.Open(), _work, _ => { }).Coordinator;
        _cluster.Serve(Coordinator.Tell);
    }

    public CoordinatorRef Coordinator { get; }

    /// <summary>Runs the sweep to its end.</summary>
    /// <param name="observe">Told of each event after it is stored, in order, from one thread at a time.</param>
    /// <param name="stop">Stops the sweep cleanly: it can go on later.</param>
    /// <exception cref="NodesException">
    /// No node could be kept running; the message says why. The sweep's end is stored as <see cref="SweepEnd.NoNodes"/>.
    /// </exception>
    /// <exception cref="StoreException">The store can't be written.</exception>
    public async Task<SweepEnd> RunAsync(Action<SweepEvent> observe, CancellationToken stop)
    {
        using var stopping = stop.Register(() => Coordinator.Tell(new ClusterMessage.StopRequested()));
        Coordinator.Tell(new ClusterMessage.Begin(_machine));
        _begun.SetResult();
        var end = (await Coordinator.RunAsync(happened =>
        {
            _nodes.Observe(happened);
            observe(happened);
        }, CancellationToken.None))!;
        return end.How == SweepEnd.NoNodes ? throw new NodesException(end.Reason!) : end.How;
    }

    /// <summary>No node is left running, however the sweep has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _nodes.EndAsync();
        await _cluster.DisposeAsync();
    }

    // It may be known before the cluster is open, and ends sweeps that have begun.
    private async Task GiveUpAsync(string reason)
    {
        await _begun.Task;
        Coordinator.Tell(new ClusterMessage.NodesGivenUp(reason));
    }
}
