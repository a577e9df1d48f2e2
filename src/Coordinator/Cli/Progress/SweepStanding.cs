using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>How a sweep stands, running or at rest; <c>status --format json</c> writes these.</summary>
/// <param name="State">As <c>running</c>, <c>paused</c>, <c>stopped</c>, <c>complete</c>; <c>interrupted</c> where its coordinator died.</param>
/// <param name="Best">Of the single trials.</param>
/// <param name="StartedAt">When its coordinator took it up; null at rest, as are nodes and slots.</param>
/// <param name="Awaited">As in <see cref="SweepStatus"/>.</param>
/// <param name="Front">Of several objectives the configurations that no other beats, by name; null where there is one objective.</param>
internal sealed record SweepStanding(
    string Name, string State, int Total, int Finished, int Running, int Failed, Objective Objective, BestSoFar? Best,
    int? Nodes, int? Slots, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, double? SecondsLeft, bool CanResume,
    Repeats Repeats, IReadOnlyList<ChangeRecord> Changes, IReadOnlyDictionary<string, int>? Awaited = null,
    IReadOnlyList<string>? Front = null)
{
    private const string Interrupted = "interrupted";

    /// <summary>As <c>stopped at 12 of 30 trials</c>.</summary>
    public string Summary => $"{State.Replace('_', ' ')} at {Finished} of {TerminalText.Count(Total, "trial")}";

    public static SweepStanding AtRest(StoreFolder folder, string name)
    {
        using var records = folder.Open();
        return Of(records.Sweep(folder, name), records);
    }

    /// <summary>By what is stored, where no coordinator runs it.</summary>
    public static SweepStanding Of(SweepRecord sweep, ITrialRecords records)
    {
        var tally = records.Tally(sweep);
        return new SweepStanding(
            sweep.Name, sweep.End is { } end ? EnumText.Of(end) : Interrupted, sweep.Total,
            tally.Finished, 0, tally.Failed, sweep.Objective, tally.Best is { } best ? new BestSoFar(best.Spec.Id, best.Value!.Value) : null,
            null, null, sweep.CreatedAt, null, null, sweep.End?.IsFinal() != true, sweep.Repeats, records.Changes(sweep.Name), Front: FrontOf(sweep, records));
    }

    /// <summary>As <c>target reached</c>.</summary>
    public static string StateOf(SweepRecord sweep) => (sweep.End is { } end ? EnumText.Of(end) : Interrupted).Replace('_', ' ');

    /// <summary>By what its coordinator says.</summary>
    public static SweepStanding Of(SweepRecord sweep, ITrialRecords records, SweepStatus status) => new(
        sweep.Name, EnumText.Of(status.Activity), status.Total, status.Finished, status.Running, status.Failed, status.Objective, status.Best,
        status.Nodes, status.Slots, sweep.CreatedAt, status.StartedAt, status.SecondsLeft, status.Activity == SweepActivity.Paused,
        sweep.Repeats, records.Changes(sweep.Name), status.Awaited, FrontOf(sweep, records));

    private static IReadOnlyList<string>? FrontOf(SweepRecord sweep, ITrialRecords records) =>
        sweep.Further.Count == 0 ? null : [.. SweepFront.In(sweep, records.FiguresOf(sweep.Name)).Select(row => row.Name)];
}
