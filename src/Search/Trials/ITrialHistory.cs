using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>What is stored of a sweep that goes on. It is asked for no more than the sweep's sampler and pruner need.</summary>
public interface ITrialHistory
{
    /// <summary>How many the sweep has in all, as was last said.</summary>
    int Total { get; }

    /// <summary>All trials that were ever started in short, by number.</summary>
    IReadOnlyList<TrialOutline> Outlines();

    /// <summary>All trials that were ever started, by number.</summary>
    IReadOnlyList<PastTrial> Trials();

    /// <summary>The trials with these numbers, by number.</summary>
    IReadOnlyList<PastTrial> Trials(IReadOnlyCollection<int> numbers);

    /// <summary>All epochs in the order in which they were stored.</summary>
    IReadOnlyList<EpochRecord> Epochs();

    /// <summary>As <see cref="Epochs()"/>, but only those of these trials, and of the others those with these numbers.</summary>
    IReadOnlyList<EpochRecord> Epochs(IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs);

    /// <summary>By what it was extended, in order.</summary>
    IReadOnlyList<Extension> Extensions();
}

/// <summary>A trial as an earlier run left it.</summary>
/// <param name="Result">Of a completed trial.</param>
/// <param name="Reason">Why it ended or was broken off, where that is known.</param>
public sealed record PastTrial(TrialSpec Spec, TrialState State, TrialResult? Result, string? Reason)
{
    public bool IsFinished => State is not (TrialState.Pending or TrialState.Running);
}

public sealed record EpochRecord(TrialId Trial, EpochReport Report);
