namespace FashionSweep.Search.Sweeps;

/// <summary>What ends a sweep or a trial beside its own end. What is null sets no bound.</summary>
/// <param name="Parallel">So many trials run at once at most.</param>
/// <param name="MaxFailed">The sweep ends when more trials than that have failed.</param>
/// <param name="TrialTimeout">A trial that runs longer is stopped and counts as failed.</param>
/// <param name="SweepTimeout">For each run of the sweep: it goes on where it stopped.</param>
/// <param name="MaxRestarts">A trial that failed by itself is tried again so often.</param>
/// <param name="Retain">Checkpoints of so many trials are kept, the best ones.</param>
/// <param name="Target">The sweep ends when a trial's metric has got there.</param>
public sealed record SweepBudgets(
    int? Parallel = null, int? MaxFailed = null, TimeSpan? TrialTimeout = null, TimeSpan? SweepTimeout = null,
    int MaxRestarts = 2, int? Retain = null, double? Target = null)
{
    /// <summary>A trial in which no epoch ends for so long hangs: it is stopped, and tried again as one that failed by itself.</summary>
    public TimeSpan EpochTimeout { get; init; } = TimeSpan.FromHours(1);

    public static SweepBudgets None { get; } = new();
}
