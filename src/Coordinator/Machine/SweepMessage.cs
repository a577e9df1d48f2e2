using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a sweep's machine decides upon.</summary>
public abstract record SweepMessage
{
    private SweepMessage()
    {
    }

    /// <summary>The first message, once.</summary>
    public sealed record Begin : SweepMessage;

    public sealed record NodeSaid(NodeId Node, ToCoordinator Message) : SweepMessage;

    public sealed record NodeDisconnected(NodeId Node, string Reason) : SweepMessage;

    public sealed record TimerFired(SweepTimer Timer) : SweepMessage;

    /// <param name="Id">Names the answer: <see cref="SweepEffect.Answer"/>.</param>
    public sealed record Commanded(SweepCommand Command, long Id) : SweepMessage;

    /// <summary>The user wants the sweep to stop; it can go on later.</summary>
    public sealed record StopRequested : SweepMessage;

    /// <summary>Who keeps the nodes running has given up.</summary>
    public sealed record NodesGivenUp(string Reason) : SweepMessage;
}
