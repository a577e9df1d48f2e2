using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A trial of the rows that are shown, with its whole record and its place among all.</summary>
/// <param name="Rank">Among the single trials; null without a result.</param>
internal sealed record ShownTrial(TrialFigures Figures, TrialRecord Trial, int? Rank, RankedConfiguration Configuration)
{
    // Reading one by itself takes as long as some among many.
    private const int WorthOfOne = 20;

    /// <param name="shown">Configurations, or single trials of them.</param>
    public static IReadOnlyList<ShownTrial> Of(ITrialRecords records, Leaderboard all, IReadOnlyList<RankedConfiguration> shown)
    {
        var ranks = all.RanksOfTrials();
        var configurations = all.Configurations.SelectMany(row => row.Trials, (row, trial) => (trial.Id, Row: row))
            .ToDictionary(pair => pair.Id, pair => pair.Row);
        List<TrialFigures> trials = [.. shown.SelectMany(row => row.Trials)];
        var recordOf = trials.Count * WorthOfOne < all.Trials.Count ? One(records) : Among(records.Trials(all.Sweep.Name));
        return
        [
            .. trials.Select(trial => new ShownTrial(
                trial, recordOf(trial.Id), ranks.TryGetValue(trial.Id.Number, out var rank) ? rank : null, configurations[trial.Id])),
        ];
    }

    private static Func<TrialId, TrialRecord> One(ITrialRecords records) => id => records.Find(id)!.WithoutReport();

    private static Func<TrialId, TrialRecord> Among(IReadOnlyList<TrialRecord> trials)
    {
        var records = trials.ToDictionary(trial => trial.Spec.Id);
        return id => records[id];
    }
}
