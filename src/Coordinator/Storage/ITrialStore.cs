using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Everything that is known of sweeps and their trials. One writer at a time, any number of readers beside it.</summary>
/// <remarks>What follows from the rest says so here; a store that need not read it all for that says it faster.</remarks>
public interface ITrialStore : ITrialRecords
{
    /// <summary>Adds a sweep.</summary>
    /// <exception cref="StoreException">Its name is taken.</exception>
    void Add(SweepRecord sweep);

    /// <summary>Stores events in order, all or none; durable on return.</summary>
    /// <exception cref="StoreException">The store can't be written, or an event contradicts what it holds, such as a second result of a trial.</exception>
    void Append(IReadOnlyList<SweepEvent> events);

    /// <summary>Some of the trials of a sweep, by number.</summary>
    IReadOnlyList<TrialRecord> Trials(string sweep, TrialsThat which) => [.. Trials(sweep).Where(trial => trial.IsOneOf(which))];

    /// <summary>All trials of a sweep that were ever started in short, by number.</summary>
    IReadOnlyList<TrialOutline> Outlines(string sweep) => [.. Trials(sweep).Select(TrialOutline.Of)];

    /// <summary>The attempts that are held against the trials of a sweep which are still to end, by trial and in order.</summary>
    IReadOnlyList<AttemptRecord> Held(string sweep);

    /// <summary>Whether a result of any sweep keeps the checkpoint.</summary>
    bool Keeps(Checkpoint checkpoint);

    /// <summary>All epochs of a sweep in about the order in which they ended.</summary>
    IReadOnlyList<EpochRecord> Epochs(string sweep);

    /// <summary>As <see cref="Epochs(string)"/>, but only those of these trials, and of the others those with these numbers.</summary>
    IReadOnlyList<EpochRecord> Epochs(string sweep, IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs) =>
        [.. Epochs(sweep).Where(epoch => trials.Contains(epoch.Trial.Number) || epochs.Contains(epoch.Report.Epoch))];
}

/// <param name="Source">The sweep file's text, to the byte: a sweep goes on only from the same text.</param>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="End">Null while it runs, or where its coordinator died.</param>
/// <param name="Reason">Why it ended, where that needs a word.</param>
public sealed record SweepRecord(
    string Name, string File, string Source, Objective Objective, int Total, DateTimeOffset CreatedAt, SweepEnd? End = null, string? Reason = null)
{
    /// <summary>Trial number n is repeat (n - 1) mod R of configuration (n - 1) / R, for R seeds.</summary>
    public Repeats Repeats { get; init; } = Repeats.None;
}

/// <summary>What was changed on a sweep after its start, and when.</summary>
public sealed record ChangeRecord(DateTimeOffset At, SweepChange Change);

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

public sealed record EpochRecord(TrialId Trial, EpochReport Report);

/// <param name="End">As <c>completed</c>, <c>lost</c>; null while it runs.</param>
public sealed record AttemptRecord(Lease Lease, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? End, string? Reason);

/// <summary>The store can't be used as asked; the message says why and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
