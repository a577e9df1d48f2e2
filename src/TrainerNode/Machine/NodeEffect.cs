using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Machine;

/// <summary>What a node is to do now.</summary>
public abstract record NodeEffect
{
    private NodeEffect()
    {
    }

    public sealed record Send(ToCoordinator Message) : NodeEffect;

    public sealed record Train(int Slot, Lease Lease, TrialSpec Spec) : NodeEffect;

    /// <summary>Ask the slot's trial to stop; its slot stays taken until it is done.</summary>
    public sealed record Stop(int Slot) : NodeEffect;

    /// <summary>Say <see cref="NodeMessage.PatienceOver"/> when what was told to stop has had its time.</summary>
    public sealed record AwaitStops : NodeEffect;

    /// <summary>Say that this trial hangs: the node ends without it.</summary>
    public sealed record Abandon(Lease Lease) : NodeEffect;

    public sealed record End(NodeEnd Why) : NodeEffect;
}

/// <summary>Why a node ends: told to with nothing left in work, or with nobody left to work for, or told to with a trial that does not stop.</summary>
public enum NodeEnd
{
    Left,
    CoordinatorGone,
    Hung,
}
