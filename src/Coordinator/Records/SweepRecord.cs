using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <param name="Source">The sweep file's text, to the byte: a sweep goes on only from the same text.</param>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="End">Null while it runs, or where its coordinator died.</param>
/// <param name="Reason">Why it ended, where that needs a word.</param>
public sealed record SweepRecord(
    string Name, string File, string Source, Objective Objective, int Total, DateTimeOffset CreatedAt, SweepEnd? End = null, string? Reason = null)
{
    /// <summary>Trial number n is repeat (n - 1) mod R of configuration (n - 1) / R, for R seeds.</summary>
    public Repeats Repeats { get; init; } = Repeats.None;
}

/// <summary>What was changed on a sweep after its start, and when.</summary>
public sealed record ChangeRecord(DateTimeOffset At, SweepChange Change);
