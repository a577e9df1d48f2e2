using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Makes the cards of sweeps, of what is stored and what runs. From any thread.</summary>
internal sealed class SweepCards(ICoordinatorControl control)
{
    private readonly SweepHistories _histories = new();

    /// <summary>The newest first.</summary>
    /// <param name="isReadOnly">For whom may change nothing.</param>
    public IReadOnlyList<SweepCard> All(ITrialRecords records, bool isReadOnly)
    {
        var status = control.Status;
        return [.. records.Sweeps().Reverse().Select(sweep => Of(records, sweep, status, isReadOnly))];
    }

    /// <param name="trials">Its figures, where they are known already.</param>
    /// <returns>Null where there is no such sweep.</returns>
    public SweepCard? Find(ITrialRecords records, string name, bool isReadOnly, IReadOnlyList<TrialFigures>? trials = null) =>
        records.Sweeps().FirstOrDefault(sweep => sweep.Name == name) is { } found ? Of(records, found, control.Status, isReadOnly, trials) : null;

    private SweepCard Of(ITrialRecords records, SweepRecord sweep, CoordinatorStatus status, bool isReadOnly, IReadOnlyList<TrialFigures>? trials = null)
    {
        var (tally, live) = (records.Tally(sweep), status.Sweeps.FirstOrDefault(running => running.Sweep == sweep.Name));
        var state = StateOf(sweep, live);
        var best = tally.Best is { Value: { } value } trial && double.IsFinite(value) ? new CardBest(trial.Spec.Id.Number, value) : null;
        var history = _histories.Of(sweep, tally, live is not null, () => trials ?? records.FiguresOf(sweep.Name));
        return new SweepCard(
            sweep.Name, state, live?.Total ?? sweep.Total, tally.Finished, live?.Running ?? 0, tally.Failed, tally.Pruned, tally.Diverged,
            new CardMetric(sweep.Objective.Metric, sweep.Objective.Goal), best, sweep.CreatedAt, live is null ? history.EndedAt : null, live?.SecondsLeft,
            live?.Nodes ?? 0, live?.Slots ?? 0, history.Spark, isReadOnly ? [] : CanOf(state, live is not null, status.IsStanding, tally.Failed > 0),
            sweep.End is { } end && live is null ? EnumText.Of(end) : null, sweep.Reason, sweep.Repeats.Seeds,
            [.. sweep.Objectives.Select(objective => new CardMetric(objective.Metric, objective.Goal))]);
    }

    private static string StateOf(SweepRecord sweep, SweepStatus? live) => (live?.Activity, sweep.End) switch
    {
        (SweepActivity.Running, _) => "running",
        (SweepActivity.Paused, _) => "paused",
        (SweepActivity.Ending, _) => "ending",
        (null, SweepEnd.Cancelled) => "cancelled",
        (null, { } end) when end.IsFinal() => "finished",
        _ => "stopped",
    };

    private static string[] CanOf(string state, bool isLive, bool isStanding, bool hasFailed)
    {
        // What one run works on is all that it takes orders for.
        if (!isLive && !isStanding) return [];
        string[] orders = state switch
        {
            "running" => ["pause", "cancel", "extend"],
            "paused" or "stopped" => ["resume", "cancel", "extend"],
            "finished" or "cancelled" => ["extend"],
            _ => [],
        };
        return orders.Length > 0 && hasFailed ? [.. orders, "rerun_failed"] : orders;
    }
}
