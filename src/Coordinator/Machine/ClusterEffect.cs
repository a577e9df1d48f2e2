using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a cluster's machine wants done, in order; what is saved comes before all the rest of its batch.</summary>
public abstract record ClusterEffect
{
    private ClusterEffect()
    {
    }

    public sealed record Save(SweepEvent Event) : ClusterEffect;

    public sealed record Send(NodeId Node, ToNode Message) : ClusterEffect;

    /// <summary>The node is lost: what it says as it is now counts no more, and it has to join anew.</summary>
    public sealed record Part(NodeId Node) : ClusterEffect;

    /// <summary>Fires once; takes the place of an equal timer that has not fired yet.</summary>
    public sealed record SetTimer(ClusterTimer Timer, TimeSpan After) : ClusterEffect;

    /// <summary>Does not fire any more, if it has not yet.</summary>
    public sealed record ClearTimer(ClusterTimer Timer) : ClusterEffect;

    /// <summary>Nothing refers to the checkpoint any more, unless another sweep does.</summary>
    public sealed record Discard(Checkpoint Checkpoint) : ClusterEffect;

    /// <param name="Message">For the user: a sentence or two.</param>
    public sealed record Answer(long Id, bool Accepted, string Message) : ClusterEffect;

    /// <summary>The last effect: the machine is done. How its last sweep has ended.</summary>
    /// <param name="Reason">Of an end that needs one.</param>
    public sealed record End(SweepEnd How, string? Reason) : ClusterEffect;
}

/// <summary>Names a timer: equal ones are the same.</summary>
public abstract record ClusterTimer
{
    private ClusterTimer()
    {
    }

    public sealed record SilenceCheck(NodeId Node) : ClusterTimer;

    public sealed record RetryDue(TrialId Trial) : ClusterTimer;

    public sealed record TrialTimeout(Lease Lease) : ClusterTimer;

    /// <summary>No epoch has ended for too long.</summary>
    public sealed record EpochTimeout(Lease Lease) : ClusterTimer;

    /// <summary>A node was asked to stop a trial, and should have answered by now.</summary>
    public sealed record StopOverdue(Lease Lease) : ClusterTimer;

    public sealed record SweepTimeout(string Sweep) : ClusterTimer;

    public sealed record StopPatience(string Sweep) : ClusterTimer;
}
