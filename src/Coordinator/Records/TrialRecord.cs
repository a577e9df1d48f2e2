using System.Diagnostics.CodeAnalysis;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <param name="Attempt">The latest; 0 of a trial that was drawn and never started.</param>
/// <param name="StartedAt">Of the latest attempt, or when it was drawn.</param>
/// <param name="Epoch">The latest report of the latest attempt.</param>
public sealed record TrialRecord(
    TrialSpec Spec, TrialState State, int Attempt, NodeId Node, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, EpochReport? Epoch, TrialResult? Result,
    string? Reason, bool CheckpointKept = true)
{
    /// <summary>Where a trial is that was never started.</summary>
    public static NodeId Nowhere { get; } = new("none");

    /// <summary>Of the latest attempt.</summary>
    internal Lease Lease => new(Spec.Id, Node, Attempt);

    /// <summary>Of the objective at the best epoch; null without a result.</summary>
    internal double? Value => Result is null ? null : Spec.Objective.Of(Result);

    internal bool IsFinished => State is not (TrialState.Pending or TrialState.Running);

    /// <summary>As it comes among others.</summary>
    internal TrialRecord WithoutReport() => Result is { } result ? this with { Result = result with { TestReport = null } } : this;

    /// <summary>What is known of a trial after an event of it. Here are the rules that a store holds to, and there are no others.</summary>
    /// <param name="known">Null for one that was never drawn or started.</param>
    /// <returns>Null where the event contradicts what is known: a second result, an older attempt, other parameters.</returns>
    internal static TrialRecord? Apply(TrialRecord? known, SweepEvent happened) => happened switch
    {
        SweepEvent.TrialDrawn drawn => known is null
            ? new TrialRecord(drawn.Spec, TrialState.Pending, 0, Nowhere, drawn.At, null, null, null, null)
            : null,
        SweepEvent.TrialStarted started => Start(known, started),
        SweepEvent.EpochEnded ended => known.Runs(ended.Lease) && ended.Report.Epoch > (known.Epoch?.Epoch ?? 0) ? known with { Epoch = ended.Report } : null,
        SweepEvent.AttemptEnded ended => known.Runs(ended.Lease)
            ? known with { State = TrialState.Pending, EndedAt = ended.At, Reason = ended.Reason }
            : null,
        SweepEvent.TrialFinished finished => known.IsUnder(finished.Lease) && !known.IsFinished
            ? known with { State = finished.State, EndedAt = known.EndedAt ?? finished.At, Result = finished.Result, Reason = finished.Reason }
            : null,
        SweepEvent.CheckpointDiscarded { Checkpoint: var checkpoint } => known is { CheckpointKept: true } && known.Result?.Checkpoint == checkpoint
            ? known with { CheckpointKept = false }
            : null,
        SweepEvent.SweepChanged { Change: SweepChange.FailedReopened } => known is { State: TrialState.Failed }
            ? known with { State = TrialState.Pending }
            : null,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a trial."),
    };

    internal bool IsOneOf(TrialsThat which) => State switch
    {
        TrialState.Pending or TrialState.Running => which.HasFlag(TrialsThat.AreUnfinished),
        TrialState.Failed => which.HasFlag(TrialsThat.HaveFailed),
        _ => which.HasFlag(TrialsThat.KeepACheckpoint) && Result is not null && CheckpointKept,
    };

    private static TrialRecord? Start(TrialRecord? known, SweepEvent.TrialStarted started)
    {
        var (lease, spec) = (started.Lease, started.Spec);
        var fits = known is null || (!known.IsFinished && known.Attempt < lease.Attempt && known.Spec == spec);
        return fits ? new TrialRecord(spec, TrialState.Running, lease.Attempt, lease.Node, started.At, null, null, null, null) : null;
    }
}

internal static class TrialRecords
{
    /// <summary>Whether the lease is the trial's latest.</summary>
    public static bool IsUnder([NotNullWhen(true)] this TrialRecord? trial, Lease lease) => trial?.Attempt == lease.Attempt;

    public static bool Runs([NotNullWhen(true)] this TrialRecord? trial, Lease lease) =>
        trial.IsUnder(lease) && trial.State == TrialState.Running;
}

[Flags]
public enum TrialsThat
{
    None = 0,

    /// <summary>They run, or are to run again.</summary>
    AreUnfinished = 1,
    HaveFailed = 2,
    KeepACheckpoint = 4,
}
