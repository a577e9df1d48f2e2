namespace FashionSweep.Search.Sampling;

/// <summary>Orders trials from the best to the worst: those with a result, those that were stopped (the later, the better), those that failed.</summary>
internal sealed class TrialOrder : IComparer<Observation>
{
    public int Compare(Observation? x, Observation? y) => Key(x!).CompareTo(Key(y!));

    private static (Standing, int, double, int) Key(Observation trial) => trial.Loss is not { } loss || double.IsNaN(loss)
        ? (Standing.Failed, 0, 0, trial.Number)
        : (trial.Standing, trial.Standing == Standing.Pruned ? -trial.Epochs : 0, loss, trial.Number);
}
