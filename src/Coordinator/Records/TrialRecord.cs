using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <param name="Attempt">The latest.</param>
/// <param name="Epoch">The latest report of the latest attempt.</param>
public sealed record TrialRecord(
    TrialSpec Spec, TrialState State, int Attempt, NodeId Node, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, EpochReport? Epoch, TrialResult? Result, string? Reason,
    bool CheckpointKept = true)
{
    internal bool IsOneOf(TrialsThat which) => State switch
    {
        TrialState.Pending or TrialState.Running => which.HasFlag(TrialsThat.AreUnfinished),
        TrialState.Failed => which.HasFlag(TrialsThat.HaveFailed),
        _ => which.HasFlag(TrialsThat.KeepACheckpoint) && Result is not null && CheckpointKept,
    };
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
