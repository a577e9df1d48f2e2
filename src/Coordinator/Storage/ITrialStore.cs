using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Everything that is known of sweeps and their trials. One process writes to it.</summary>
/// <remarks>What follows from the rest says so here; a store that need not read it all for that says it faster.</remarks>
public interface ITrialStore : ITrialRecords
{
    /// <summary>Adds a sweep.</summary>
    /// <exception cref="StoreException">Its name is taken.</exception>
    void Add(SweepRecord sweep);

    /// <summary>Stores events in order, all or none; durable on return.</summary>
    /// <exception cref="StoreException">The store can't be written, or an event contradicts what it holds, such as a second result of a trial.</exception>
    void Append(IReadOnlyList<SweepEvent> events);

    /// <summary>
    /// Takes the checkpoints that count of a sweep which has ended into the database itself, its best one and those that it retains, and gives up others of it
    /// that are there. Done again it does what is left to do. Others are let in between two of them.
    /// </summary>
    /// <exception cref="StoreException">The store can't be written; each of them is inside as a whole or not at all.</exception>
    void KeepBest(string sweep)
    {
    }

    /// <summary>Notes something on a trial, in the place of what was noted before; durable on return.</summary>
    /// <param name="mark">Without a fault.</param>
    /// <exception cref="StoreException">There is no such trial, or the store can't be written.</exception>
    void Mark(TrialId trial, TrialMark mark);

    /// <summary>Some of the trials of a sweep, by number.</summary>
    IReadOnlyList<TrialRecord> Trials(string sweep, TrialsThat which) => [.. Trials(sweep).Where(trial => trial.IsOneOf(which))];

    /// <summary>All trials of a sweep that were ever started in short, by number.</summary>
    IReadOnlyList<TrialOutline> Outlines(string sweep) => [.. Trials(sweep).Select(trial => TrialOutline.Of(trial.Spec, trial.State))];

    /// <summary>The attempts that are held against the trials of a sweep which are still to end, by trial and in order.</summary>
    IReadOnlyList<AttemptRecord> Held(string sweep);

    /// <summary>Whether a result of any sweep keeps the checkpoint.</summary>
    bool Keeps(Checkpoint checkpoint);

    /// <summary>All epochs of a sweep in the order in which they were stored.</summary>
    IReadOnlyList<EpochRecord> Epochs(string sweep);

    /// <summary>As <see cref="Epochs(string)"/>, but only those of these trials, and of the others those with these numbers.</summary>
    IReadOnlyList<EpochRecord> Epochs(string sweep, IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs) =>
        [.. Epochs(sweep).Where(epoch => trials.Contains(epoch.Trial.Number) || epochs.Contains(epoch.Report.Epoch))];
}
