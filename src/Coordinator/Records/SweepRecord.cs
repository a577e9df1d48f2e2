using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <param name="Source">The sweep file's text, to the byte: a sweep goes on only from the same text.</param>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="End">Null while it runs, or where its coordinator died.</param>
/// <param name="Reason">Why it ended, where that needs a word.</param>
public sealed record SweepRecord(
    string Name, string File, string Source, Objective Objective, int Total, DateTimeOffset CreatedAt, SweepEnd? End = null, string? Reason = null)
{
    /// <summary>What it looks for beside the objective, by which alone it ranks.</summary>
    public Objectives Further { get; init; } = Objectives.None;

    /// <summary>Trial number n is repeat (n - 1) mod R of configuration (n - 1) / R, for R seeds.</summary>
    public Repeats Repeats { get; init; } = Repeats.None;

    /// <summary>Checkpoints of so many trials are kept, the best ones; null keeps all.</summary>
    public int? Retain { get; init; }

    /// <summary>By which its file is read: a stored sweep goes on as it was planned.</summary>
    public ReadingRules Rules { get; init; } = ReadingRules.BayesIsGp;

    /// <summary>The user's own model that its file may name; null where there is none.</summary>
    public OwnModel? Own { get; init; }

    /// <summary>What it was given of the sweeps that it starts from, when it was added.</summary>
    public IReadOnlyList<PriorSweep> Prior { get; init => field = value.Count == 0 ? [] : value; } = [];

    /// <summary>When it ended last; null before, and where a release before this one ended it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the latest end of which nobody need be told any more.</summary>
    public DateTimeOffset? NotifiedOf { get; init; }

    /// <summary>All that it looks for, the objective first.</summary>
    internal Objectives Objectives => new([Objective, .. Further]);

    /// <summary>What is known of a sweep after an event of it as a whole.</summary>
    internal SweepRecord Apply(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted => this with { End = null, Reason = null },
        SweepEvent.SweepEnded ended => this with { End = ended.End, Reason = ended.Reason, EndedAt = ended.At },
        SweepEvent.SweepNotified notified => this with { NotifiedOf = NotifiedOf > notified.EndedAt ? NotifiedOf : notified.EndedAt },
        // It has something left to do.
        SweepEvent.SweepChanged { Change: SweepChange.Extended or SweepChange.FailedReopened } changed when End is not null =>
            this with { Total = changed.Total, End = SweepEnd.Stopped, Reason = null },
        SweepEvent.SweepChanged changed => this with { Total = changed.Total },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a sweep."),
    };
}

/// <summary>What was changed on a sweep after its start, and when.</summary>
public sealed record ChangeRecord(DateTimeOffset At, SweepChange Change);
