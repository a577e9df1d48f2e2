using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>Which trials a sweep has, and which of them are not worth going on with.</summary>
public interface ITrialSource
{
    /// <summary>How many trials there are in all, those of earlier runs included; may fall when configurations turn out to be fewer, or are pruned before they start.</summary>
    int Total { get; }

    /// <summary>The next trial that was never started; null where there is none.</summary>
    TrialSpec? Next();

    /// <returns>Why the trial should end here; null to let it go on.</returns>
    string? Judge(TrialSpec trial, EpochReport epoch);

    /// <summary>Gives the sweep more trials, as far as there are any.</summary>
    void Extend(SweepChange.Extended change);

    /// <summary>Learns how a trial ended.</summary>
    void Ended(TrialSpec trial, TrialState state, TrialResult? result);
}
