using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What ran where and when: attempts in the slots of nodes, as they fit beside each other.</summary>
/// <param name="Slots">By node; a span's slot is a place among these.</param>
/// <param name="Spans">In seconds after the sweep's start.</param>
internal sealed record Timeline(IReadOnlyList<TimelineSlot> Slots, IReadOnlyList<TimelineSpan> Spans)
{
    /// <param name="records">Asked only of trials that had more attempts than one.</param>
    public static Timeline Of(ITrialRecords records, TrialTable table)
    {
        var start = table.Sweep.CreatedAt;
        var attempts = table.Rows.Select(row => row.Figures).Where(trial => trial.Attempt > 0).SelectMany(trial => AttemptsOf(records, trial))
            .GroupBy(attempt => attempt.Node, StringComparer.Ordinal).OrderBy(node => node.Key, StringComparer.Ordinal);
        var (slots, spans) = (new List<TimelineSlot>(), new List<TimelineSpan>());
        foreach (var node in attempts)
        {
            var first = slots.Count;
            foreach (var attempt in node.OrderBy(attempt => attempt.From).ThenBy(attempt => attempt.Trial))
            {
                var slot = SlotFor(slots, first, node.Key, attempt);
                spans.Add(new TimelineSpan(
                    slot, attempt.Trial, attempt.Number, Seconds(attempt.From - start), attempt.To is { } to ? Seconds(to - start) : null, attempt.End));
            }
        }
        return new Timeline(slots, spans);
    }

    // The first that was free by then.
    private static int SlotFor(List<TimelineSlot> slots, int first, string node, Attempt attempt)
    {
        var slot = slots.FindIndex(first, one => one.FreeAt <= attempt.From);
        if (slot < 0)
        {
            slot = slots.Count;
            slots.Add(new TimelineSlot(node, slot - first + 1));
        }
        slots[slot].FreeAt = attempt.To ?? DateTimeOffset.MaxValue;
        return slot;
    }

    private static IEnumerable<Attempt> AttemptsOf(ITrialRecords records, TrialFigures trial) => trial is { Attempt: 1, State: not TrialState.Pending }
        ? [new(trial.Node.Name, trial.Id.Number, 1, trial.StartedAt, trial.EndedAt, EnumText.Of(trial.State))]
        : records.Attempts(trial.Id).Select(attempt => new Attempt(
            attempt.Lease.Node.Name, trial.Id.Number, attempt.Lease.Attempt, attempt.StartedAt, attempt.EndedAt, attempt.End ?? "running"));

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 1);

    private sealed record Attempt(string Node, int Trial, int Number, DateTimeOffset From, DateTimeOffset? To, string End);
}

/// <param name="Slot">Of its node, from 1.</param>
internal sealed record TimelineSlot(string Node, int Slot)
{
    [System.Text.Json.Serialization.JsonIgnore]
    internal DateTimeOffset FreeAt { get; set; } = DateTimeOffset.MaxValue;
}

/// <param name="To">Null while it runs.</param>
/// <param name="End">How it ended, or running.</param>
internal sealed record TimelineSpan(int Slot, int Trial, int Attempt, double From, double? To, string End);
