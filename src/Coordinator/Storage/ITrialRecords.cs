using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>What a store tells its users of sweeps and their trials, wherever it is. Readers change nothing.</summary>
public interface ITrialRecords : IDisposable
{
    /// <summary>All sweeps, oldest first.</summary>
    IReadOnlyList<SweepRecord> Sweeps();

    /// <summary>The trials of a sweep that were ever started, by number; none for an unknown sweep.</summary>
    /// <remarks>Without their test reports, which <see cref="Find"/> has: they are most of a result, and nobody looks at those of many.</remarks>
    /// <param name="after">Only those of a higher number.</param>
    /// <param name="most">No more than so many.</param>
    IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue);

    /// <summary>Figures of all of them, in pages: <see cref="StoredFigures.FiguresOf"/> reads them to the end.</summary>
    /// <param name="after">The <c>Next</c> of the page before.</param>
    PackedFigures Figures(string sweep, int after = 0) => PackedFigures.Of(Trials(sweep));

    /// <summary>How a sweep stands. It follows from its trials; what need not read them all for that says it faster.</summary>
    SweepTally Tally(SweepRecord sweep) => SweepTally.Of(sweep.Objective, Trials(sweep.Name));

    TrialRecord? Find(TrialId trial);

    /// <summary>The attempts at a trial, in order.</summary>
    IReadOnlyList<AttemptRecord> Attempts(TrialId trial);

    /// <summary>The epochs of one attempt, in order.</summary>
    IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt);

    /// <summary>All bytes of a checkpoint that is in the database itself.</summary>
    /// <returns>Null of all others, of which there is only a file.</returns>
    byte[]? BytesOf(Checkpoint checkpoint) => null;

    /// <summary>What was changed on a sweep, in order.</summary>
    IReadOnlyList<ChangeRecord> Changes(string sweep);

    /// <summary>What was noted on the trials of a sweep, by number; of most of them nothing is.</summary>
    IReadOnlyDictionary<int, TrialMark> Marks(string sweep);
}

public static class StoredFigures
{
    /// <summary>What all trials of a sweep that were ever started are sorted, filtered and charted by, by number.</summary>
    public static IReadOnlyList<TrialFigures> FiguresOf(this ITrialRecords records, string sweep) => Records.Figures.Read(sweep, Pages(records, sweep));

    private static IEnumerable<PackedFigures> Pages(ITrialRecords records, string sweep)
    {
        for (int? next = 0; next is { } after;)
        {
            var page = records.Figures(sweep, after);
            yield return page;
            next = page.Next;
        }
    }
}
