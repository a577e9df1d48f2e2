using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Machine;

/// <summary>What happens to a node.</summary>
public abstract record NodeMessage
{
    private NodeMessage()
    {
    }

    public sealed record Ordered(ToNode Order) : NodeMessage;

    public sealed record EpochDone(Lease Lease, EpochReport Report) : NodeMessage;

    /// <summary>A slot's thread has nothing to do any more.</summary>
    public sealed record TrialDone(Lease Lease, TrialOutcome Outcome) : NodeMessage;

    /// <summary>To be left, by whoever runs it here: as <see cref="ToNode.Leave"/>, but the coordinator does not know of it.</summary>
    public sealed record ToldToLeave : NodeMessage;

    /// <summary>After <see cref="NodeEffect.AwaitStops"/>: what has not stopped by now never will.</summary>
    public sealed record PatienceOver : NodeMessage;

    /// <summary>Nobody is left to tell a result to.</summary>
    public sealed record CoordinatorGone : NodeMessage;
}
