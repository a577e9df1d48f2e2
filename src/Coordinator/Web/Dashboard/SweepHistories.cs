using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>How the best of each sweep came to be: read once of its figures, and gone on with while it runs. From any thread.</summary>
internal sealed class SweepHistories
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Known> _known = [];

    /// <param name="trials">Asked for its figures where it is not gone on with.</param>
    public SweepHistory Of(SweepRecord sweep, SweepTally tally, bool isLive, Func<IReadOnlyList<TrialFigures>> trials)
    {
        var best = tally.Best?.Value;
        lock (_gate)
        {
            var known = _known.GetValueOrDefault(sweep.Name);
            if (known is null || known.Finished > tally.Finished || known.IsLive != isLive) known = Read(trials(), sweep.Objective, tally.Finished, isLive);
            else if (known.Finished < tally.Finished) known = known with { Finished = tally.Finished, History = known.History.With(best) };
            _known[sweep.Name] = known;
            return known.History;
        }
    }

    private static Known Read(IReadOnlyList<TrialFigures> trials, Objective objective, int finished, bool isLive)
    {
        var ended = trials.Where(trial => trial is { IsFinished: true, EndedAt: not null }).OrderBy(trial => trial.EndedAt).ToList();
        var (best, history) = ((double?)null, SweepHistory.None);
        var each = Math.Max(1, ended.Count / (double)SweepHistory.MostPoints);
        foreach (var (index, trial) in ended.Index())
        {
            if (trial.Result is not null && objective.Of(trial.Train!, trial.Validation!) is var value && double.IsFinite(value)
                && (best is null || objective.IsBetter(value, best.Value))) best = value;
            if ((int)((index + 1) / each) > (int)(index / each)) history = history.With(best);
        }
        return new Known(finished, isLive, history with { EndedAt = ended.Count > 0 ? ended[^1].EndedAt : null });
    }

    private sealed record Known(int Finished, bool IsLive, SweepHistory History);
}

/// <param name="Spark">The best so far, in the order in which trials ended: some of many.</param>
/// <param name="EndedAt">When the last of them did.</param>
internal sealed record SweepHistory(IReadOnlyList<double> Spark, DateTimeOffset? EndedAt)
{
    public const int MostPoints = 40;

    public static SweepHistory None { get; } = new([], null);

    /// <summary>One trial more has ended, or some.</summary>
    /// <param name="best">So far; null while there is none.</param>
    public SweepHistory With(double? best)
    {
        if (best is not { } value || !double.IsFinite(value)) return this;
        List<double> longer = [.. Spark, value];
        // Of too many every second one goes, so that old and new stay alike far apart for long.
        return this with { Spark = longer.Count <= MostPoints ? longer : [.. longer.Where((_, index) => index % 2 == 1)] };
    }
}
