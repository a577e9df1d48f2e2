using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Nodes;

/// <summary>Runs one trial in a node of its own, and stores nothing.</summary>
public static class OneTrial
{
    /// <param name="observe">Told of each epoch as it ends.</param>
    /// <exception cref="NodesException">The node ended before the trial did; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Stopped; no node is left running.</exception>
    public static async Task<(TrialOutcome Outcome, IReadOnlyList<EpochReport> Epochs)> RunAsync(
        LocalNodesOptions nodes, TrialSpec spec, Action<EpochReport> observe, CancellationToken stop)
    {
        var node = new NodeId("node-1");
        var process = new NodeLauncher(nodes).Launch(node);
        var transport = new PipeCoordinatorTransport();
        transport.Attach(node, process.FromNode, process.ToNode, process.ReasonOfEnd);
        try
        {
            return await FollowAsync(transport, spec, observe, stop);
        }
        finally
        {
            // To close its input tells a node to leave, whatever it is doing.
            await transport.DisposeAsync();
            await process.EndAsync(TimeProvider.System);
        }
    }

    private static async Task<(TrialOutcome Outcome, IReadOnlyList<EpochReport> Epochs)> FollowAsync(
        PipeCoordinatorTransport transport, TrialSpec spec, Action<EpochReport> observe, CancellationToken stop)
    {
        var epochs = new List<EpochReport>();
        await foreach (var message in transport.Inbox.ReadAllAsync(stop))
        {
            if (message is FromNode.Disconnected gone) throw new NodesException($"{spec.Id}: its node ended: {gone.Reason}");
            switch (((FromNode.Said)message).Message)
            {
                case ToCoordinator.NodeJoined:
                    await transport.SendAsync(message.Node, new ToNode.StartTrial(new Lease(spec.Id, message.Node, 1), spec), stop);
                    break;
                case ToCoordinator.EpochReported { Report: var report }:
                    epochs.Add(report);
                    observe(report);
                    break;
                case ToCoordinator.TrialEnded { Outcome: var outcome }: return (outcome, epochs);
            }
        }
        throw new NodesException($"{spec.Id}: its node's connection closed");
    }
}
