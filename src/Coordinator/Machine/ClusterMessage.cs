using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a cluster's machine decides upon.</summary>
public abstract record ClusterMessage
{
    private ClusterMessage()
    {
    }

    /// <summary>There is one more sweep to work on.</summary>
    public sealed record Begin(SweepMachine Sweep) : ClusterMessage;

    public sealed record NodeSaid(NodeId Node, ToCoordinator Message) : ClusterMessage;

    /// <param name="HasLeft">It said that it goes; else it is lost, and may come back.</param>
    public sealed record NodeDisconnected(NodeId Node, string Reason, bool HasLeft = false) : ClusterMessage;

    public sealed record TimerFired(ClusterTimer Timer) : ClusterMessage;

    /// <param name="Id">Names the answer: <see cref="ClusterEffect.Answer"/>.</param>
    public sealed record Commanded(string Sweep, SweepCommand Command, long Id) : ClusterMessage
    {
        /// <summary>The sweep's completed trials, where the command is about the best of them.</summary>
        public IReadOnlyList<TrialRecord> Completed { get; init; } = [];
    }

    /// <summary>A node is to finish what it has, and to leave.</summary>
    /// <param name="Id">As of <see cref="Commanded"/>.</param>
    public sealed record DrainAsked(NodeId Node, long Id) : ClusterMessage;

    /// <summary>The user wants all sweeps to stop; they can go on later.</summary>
    public sealed record StopRequested : ClusterMessage;

    /// <summary>Who keeps the nodes running has given up.</summary>
    public sealed record NodesGivenUp(string Reason) : ClusterMessage;
}
