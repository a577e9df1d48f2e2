using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a sweep's machine wants done, in order; what is saved comes before all the rest of its batch.</summary>
public abstract record SweepEffect
{
    private SweepEffect()
    {
    }

    public sealed record Save(SweepEvent Event) : SweepEffect;

    public sealed record Send(NodeId Node, ToNode Message) : SweepEffect;

    /// <summary>Fires once; takes the place of an equal timer that has not fired yet.</summary>
    public sealed record SetTimer(SweepTimer Timer, TimeSpan After) : SweepEffect;

    /// <summary>Nothing refers to the checkpoint any more, unless another sweep does.</summary>
    public sealed record Discard(Checkpoint Checkpoint) : SweepEffect;

    /// <param name="Message">For the user: a sentence or two.</param>
    public sealed record Answer(long Id, bool Accepted, string Message) : SweepEffect;

    /// <summary>The last effect: the machine is done.</summary>
    /// <param name="Reason">Of an end that needs one.</param>
    public sealed record End(SweepEnd How, string? Reason) : SweepEffect;
}

/// <summary>Names a timer: equal ones are the same.</summary>
public abstract record SweepTimer
{
    private SweepTimer()
    {
    }

    public sealed record SilenceCheck(NodeId Node) : SweepTimer;

    public sealed record RetryDue(int Trial) : SweepTimer;

    public sealed record StopPatience : SweepTimer;

    public sealed record TrialTimeout(Lease Lease) : SweepTimer;

    /// <summary>A node was asked to stop a trial, and should have answered by now.</summary>
    public sealed record StopOverdue(Lease Lease) : SweepTimer;

    public sealed record SweepTimeout : SweepTimer;
}
