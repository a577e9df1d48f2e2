using System.Text.Json.Serialization;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>A fact about a sweep: stored first, then acted upon, then shown. <c>fsweep run --json</c> prints these.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(SweepStarted), "sweep_started")]
[JsonDerivedType(typeof(NodeConnected), "node_connected")]
[JsonDerivedType(typeof(NodeLost), "node_lost")]
[JsonDerivedType(typeof(NodeLeft), "node_left")]
[JsonDerivedType(typeof(NodeDraining), "node_draining")]
[JsonDerivedType(typeof(NodePutAside), "node_put_aside")]
[JsonDerivedType(typeof(TrialDrawn), "trial_drawn")]
[JsonDerivedType(typeof(EngineAwaited), "engine_awaited")]
[JsonDerivedType(typeof(TrialStarted), "trial_started")]
[JsonDerivedType(typeof(EpochEnded), "epoch_ended")]
[JsonDerivedType(typeof(AttemptEnded), "attempt_ended")]
[JsonDerivedType(typeof(TrialFinished), "trial_finished")]
[JsonDerivedType(typeof(CheckpointDiscarded), "checkpoint_discarded")]
[JsonDerivedType(typeof(SweepChanged), "sweep_changed")]
[JsonDerivedType(typeof(SweepEnded), "sweep_ended")]
[JsonDerivedType(typeof(SweepNotified), "sweep_notified")]
public abstract record SweepEvent(DateTimeOffset At)
{
    /// <param name="Total">How many trials the sweep has in all.</param>
    /// <param name="Finished">How many of them an earlier run has finished.</param>
    public sealed record SweepStarted(DateTimeOffset At, string Sweep, int Total, int Finished) : SweepEvent(At);

    public sealed record NodeConnected(DateTimeOffset At, NodeDescription Node) : SweepEvent(At);

    public sealed record NodeLost(DateTimeOffset At, NodeId Node, string Reason) : SweepEvent(At);

    /// <summary>It has said goodbye, as it was drained or told to end.</summary>
    public sealed record NodeLeft(DateTimeOffset At, NodeId Node) : SweepEvent(At);

    /// <summary>It gets no more trials, and leaves when it has ended those that it has.</summary>
    public sealed record NodeDraining(DateTimeOffset At, NodeId Node) : SweepEvent(At);

    /// <summary>It gets no more trials, for they fail on it and not elsewhere.</summary>
    public sealed record NodePutAside(DateTimeOffset At, NodeId Node, string Reason) : SweepEvent(At);

    /// <summary>The trial waits for a node that has its engine, and those behind it go on: it is Pending, and was never started.</summary>
    public sealed record TrialDrawn(DateTimeOffset At, TrialSpec Spec) : SweepEvent(At);

    /// <summary>No node has an engine, and so many trials wait for it; 0: they wait no longer.</summary>
    /// <param name="IsNews">Else it was so before, of another number.</param>
    public sealed record EngineAwaited(DateTimeOffset At, string Sweep, string Engine, int Trials, bool IsNews) : SweepEvent(At);

    /// <summary>A lease was given: the trial is Running.</summary>
    public sealed record TrialStarted(DateTimeOffset At, Lease Lease, TrialSpec Spec) : SweepEvent(At);

    public sealed record EpochEnded(DateTimeOffset At, Lease Lease, EpochReport Report) : SweepEvent(At);

    /// <summary>An attempt ended without a result: the trial is Pending again.</summary>
    /// <param name="IsHeld">Whether it counts against the trial: an error of its own, or a death of its node that may be its doing.</param>
    public sealed record AttemptEnded(DateTimeOffset At, Lease Lease, AttemptEnd End, string Reason, bool IsHeld) : SweepEvent(At);

    /// <summary>The trial has its final state, once: <see cref="TrialState.Completed"/>, Pruned, Diverged or Failed.</summary>
    /// <param name="Lease">Of the attempt that ended it.</param>
    /// <param name="Result">Of a completed trial.</param>
    /// <param name="Reason">Of one that was pruned, diverged or failed.</param>
    public sealed record TrialFinished(DateTimeOffset At, Lease Lease, TrialState State, TrialResult? Result, string? Reason) : SweepEvent(At);

    /// <summary>A result's checkpoint is not among those that the sweep keeps.</summary>
    public sealed record CheckpointDiscarded(DateTimeOffset At, TrialId Trial, Checkpoint Checkpoint) : SweepEvent(At);

    /// <param name="Total">How many trials the sweep has from now on.</param>
    public sealed record SweepChanged(DateTimeOffset At, string Sweep, SweepChange Change, int Total) : SweepEvent(At);

    /// <param name="Reason">Of an end that needs one.</param>
    public sealed record SweepEnded(DateTimeOffset At, string Sweep, SweepEnd End, string? Reason = null) : SweepEvent(At);

    /// <summary>Who is to be told of an end has been, or never will be.</summary>
    /// <param name="EndedAt">Of that end.</param>
    public sealed record SweepNotified(DateTimeOffset At, string Sweep, DateTimeOffset EndedAt) : SweepEvent(At);
}

public static class SweepEvents
{
    /// <summary>The name of the sweep that it is of; null for what happens to a node.</summary>
    public static string? Sweep(this SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted started => started.Sweep,
        SweepEvent.SweepChanged changed => changed.Sweep,
        SweepEvent.SweepEnded ended => ended.Sweep,
        SweepEvent.SweepNotified notified => notified.Sweep,
        SweepEvent.TrialDrawn { Spec.Id.Sweep: var sweep } => sweep,
        SweepEvent.EngineAwaited awaited => awaited.Sweep,
        SweepEvent.TrialStarted { Lease.Trial.Sweep: var sweep } => sweep,
        SweepEvent.EpochEnded { Lease.Trial.Sweep: var sweep } => sweep,
        SweepEvent.AttemptEnded { Lease.Trial.Sweep: var sweep } => sweep,
        SweepEvent.TrialFinished { Lease.Trial.Sweep: var sweep } => sweep,
        SweepEvent.CheckpointDiscarded { Trial.Sweep: var sweep } => sweep,
        _ => null,
    };
}

public enum AttemptEnd
{
    /// <summary>The trial's own error: counts against it.</summary>
    Failed,

    /// <summary>Its node died or fell silent: not held against it, until it has done so too often.</summary>
    Lost,

    /// <summary>The sweep was stopped.</summary>
    Stopped,
}

public enum SweepEnd
{
    /// <summary>Every trial is finished.</summary>
    Complete,

    /// <summary>Stopped by its user; goes on with <c>--resume</c>.</summary>
    Stopped,

    /// <summary>No node could be kept running; goes on with <c>--resume</c>.</summary>
    NoNodes,

    /// <summary>Its <c>sweep_timeout</c> is over; goes on with <c>--resume</c>.</summary>
    TimedOut,

    /// <summary>More trials than <c>max_failed</c> have failed.</summary>
    TooManyFailed,

    /// <summary>A trial has reached its <c>target</c>: the others need not run.</summary>
    TargetReached,

    /// <summary>Ended for good by its user.</summary>
    Cancelled,
}

public static class SweepEnds
{
    /// <summary>Nothing is left to do, unless the sweep is changed.</summary>
    public static bool IsFinal(this SweepEnd end) => end is SweepEnd.Complete or SweepEnd.TargetReached or SweepEnd.Cancelled;
}
