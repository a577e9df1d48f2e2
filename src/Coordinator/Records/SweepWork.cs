using System.Collections.Immutable;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>What was done on a sweep, in numbers that only grow.</summary>
/// <param name="Started">Trials started for the first time.</param>
/// <param name="Attempts">Leases given.</param>
/// <param name="Epochs">Epochs done, and the seconds that nodes took for them.</param>
public sealed record SweepWork(long Started, long Attempts, long Epochs, double EpochSeconds)
{
    private ImmutableArray<long> _finished = [.. new long[Enum.GetValues<TrialState>().Length]];
    private ImmutableArray<long> _returned = [.. new long[Enum.GetValues<AttemptEnd>().Length]];

    public static SweepWork None { get; } = new(0, 0, 0, 0);

    /// <summary>Trials that got this final state.</summary>
    public long Finished(TrialState state) => _finished[(int)state];

    /// <summary>Attempts that ended so, without a result.</summary>
    public long Returned(AttemptEnd end) => _returned[(int)end];

    public SweepWork Start(int attempt) => this with { Attempts = Attempts + 1, Started = Started + (attempt == 1 ? 1 : 0) };

    public SweepWork Add(EpochReport report) => this with { Epochs = Epochs + 1, EpochSeconds = EpochSeconds + report.Seconds };

    public SweepWork Finish(TrialState state) => this with { _finished = OneMore(_finished, (int)state) };

    public SweepWork Return(AttemptEnd end) => this with { _returned = OneMore(_returned, (int)end) };

    private static ImmutableArray<long> OneMore(ImmutableArray<long> counts, int at) => counts.SetItem(at, counts[at] + 1);
}
