using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A node of its own that runs trials one after the other, and stores nothing.</summary>
public sealed class SingleNode : IAsyncDisposable
{
    private static readonly NodeId Name = new("node-1");

    private readonly PipeCoordinatorTransport _transport = new();
    private readonly INodeProcess _process;
    private int _attempts;

    /// <exception cref="NodesException">The node can't be started; the message says why.</exception>
    public SingleNode(INodeLauncher launcher)
    {
        _process = launcher.Launch(Name);
        _transport.Attach(Name, _process.FromNode, _process.ToNode, _process.ReasonOfEnd);
    }

    /// <param name="observe">Told of each epoch as it ends.</param>
    /// <exception cref="NodesException">The node ended before the trial did; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the node is to be disposed of.</exception>
    public async Task<(TrialOutcome Outcome, IReadOnlyList<EpochReport> Epochs)> RunAsync(TrialSpec spec, Action<EpochReport> observe, CancellationToken stop)
    {
        await _transport.SendAsync(Name, new ToNode.StartTrial(new Lease(spec.Id, Name, ++_attempts), spec), stop);
        var epochs = new List<EpochReport>();
        await foreach (var message in _transport.Inbox.ReadAllAsync(stop))
        {
            switch (message)
            {
                case FromNode.Disconnected gone:
                    throw new NodesException($"{spec.Id}: its node ended: {gone.Reason}");
                case FromNode.Said { Message: ToCoordinator.EpochReported { Report: var report } }:
                    epochs.Add(report);
                    observe(report);
                    break;
                case FromNode.Said { Message: ToCoordinator.TrialEnded { Outcome: var outcome } }:
                    return (outcome, epochs);
                default:
                    break;
            }
        }
        throw new NodesException($"{spec.Id}: its node's connection closed");
    }

    public async ValueTask DisposeAsync()
    {
        // To close its input tells a node to leave, whatever it is doing.
        await _transport.DisposeAsync();
        await _process.EndAsync(TimeProvider.System);
    }
}
