using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Which results keep their checkpoints: the best ones of the sweep.</summary>
/// <param name="most">Null keeps all.</param>
internal sealed class Retention(Objective objective, int? most)
{
    // The worst first to go.
    private readonly PriorityQueue<(TrialId Trial, Checkpoint Checkpoint), (double, double, int)> _kept =
        new(Comparer<(double, double, int)>.Create((one, other) => other.CompareTo(one)));

    /// <summary>Adds a result.</summary>
    /// <returns>The one that is no longer among the best; null where all are.</returns>
    public (TrialId Trial, Checkpoint Checkpoint)? Add(TrialId trial, TrialResult result)
    {
        if (most is not { } bound) return null;
        _kept.Enqueue((trial, result.Checkpoint), objective.PlaceOf(result, trial.Number));
        return _kept.Count > bound ? _kept.Dequeue() : null;
    }
}
