using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <param name="End">As <c>completed</c>, <c>lost</c>; null while it runs.</param>
public sealed record AttemptRecord(Lease Lease, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? End, string? Reason)
{
    /// <summary>Whether it counts against its trial, which is to run again: an error of its own, or a death of its node.</summary>
    public bool IsHeld { get; init; }

    /// <summary>What is known of an attempt after an event of its trial. It ends once.</summary>
    internal AttemptRecord Apply(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepChanged { Change: SweepChange.FailedReopened } => this with { IsHeld = false },
        _ when EndedAt is not null => this,
        SweepEvent.AttemptEnded ended => this with { EndedAt = ended.At, End = EnumText.Of(ended.End), Reason = ended.Reason, IsHeld = ended.IsHeld },
        SweepEvent.TrialFinished finished => this with { EndedAt = finished.At, End = EnumText.Of(finished.State), Reason = finished.Reason },
        // A coordinator that died could not say how its attempts ended; the next attempt says it.
        SweepEvent.TrialStarted next => this with { EndedAt = next.At, End = EnumText.Of(AttemptEnd.Lost), Reason = "its coordinator ended" },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} ends no attempt."),
    };
}
