using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What is stored of a sweep when its machine is made: the machine goes on as one that has lived through it.</summary>
/// <param name="Finished">How many trials have a final state.</param>
/// <param name="Trials">Those that run on or again, those that have failed and, where the sweep keeps the best only, those that keep their checkpoints.</param>
/// <param name="Held">The attempts that are held against those that are to run again, in order.</param>
/// <param name="IsPaused">As an earlier coordinator left it.</param>
/// <param name="Ending">What an earlier coordinator had begun; null where the sweep was to go on.</param>
public sealed record SweepPast(
    int Finished, IReadOnlyList<TrialRecord> Trials, IReadOnlyList<AttemptRecord> Held, bool IsPaused = false, SweepChange.Ending? Ending = null)
{
    public static SweepPast None { get; } = new(0, [], []);
}
