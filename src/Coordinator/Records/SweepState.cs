using System.Collections.Immutable;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>What is known of a sweep in work: the sum of its events. A value, for any thread.</summary>
/// <remarks>Grows with what runs, never with what has run.</remarks>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="Tally">Of its finished trials, those of earlier coordinators included.</param>
public sealed record SweepState(string Name, int Total, SweepTally Tally)
{
    /// <summary>One of which nothing has been heard yet.</summary>
    public static SweepState None { get; } = new("", 0, SweepTally.None);

    /// <summary>The trials that run or are to run again, by number.</summary>
    public ImmutableDictionary<int, TrialInPlay> InPlay { get; init; } = ImmutableDictionary<int, TrialInPlay>.Empty;

    /// <summary>What was done since this process has known it.</summary>
    public SweepWork Work { get; init; } = SweepWork.None;

    /// <summary>The engines that no node has, each with how many trials wait for it.</summary>
    public ImmutableSortedDictionary<string, int> Awaited { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>No trial is started until it goes on.</summary>
    public bool IsPaused { get; init; }

    /// <summary>When this process took it up.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Null while it runs.</summary>
    public SweepEvent.SweepEnded? Ended { get; init; }

    public IEnumerable<TrialRecord> Running => InPlay.Values.Select(known => known.Trial).Where(trial => trial.State == TrialState.Running);

    /// <summary>A stored sweep that a coordinator takes up.</summary>
    /// <param name="running">The trials that run since an earlier one.</param>
    public static SweepState Of(SweepRecord sweep, SweepTally tally, IEnumerable<TrialRecord> running) => new(sweep.Name, sweep.Total, tally)
    {
        InPlay = running.ToImmutableDictionary(trial => trial.Spec.Id.Number, trial => new TrialInPlay(trial, trial.StartedAt)),
    };

    public SweepState Apply(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted started => this with
        {
            Name = started.Sweep,
            Total = started.Total,
            StartedAt = started.At,
            Ended = null,
            Awaited = Awaited.Clear(),
            Tally = Tally with { Finished = started.Finished },
        },
        SweepEvent.EngineAwaited { Trials: 0 } over => this with { Awaited = Awaited.Remove(over.Engine) },
        SweepEvent.EngineAwaited awaited => this with { Awaited = Awaited.SetItem(awaited.Engine, awaited.Trials) },
        SweepEvent.TrialStarted started => Start(started),
        SweepEvent.EpochEnded ended => Change(ended.Lease, ended) with { Work = Work.Add(ended.Report) },
        SweepEvent.AttemptEnded ended => Change(ended.Lease, ended) with { Work = Work.Return(ended.End) },
        SweepEvent.TrialFinished finished => Finish(finished),
        SweepEvent.SweepChanged changed => Change(changed),
        SweepEvent.SweepEnded ended => this with { Ended = ended, InPlay = InPlay.Clear(), Awaited = Awaited.Clear() },
        // A checkpoint is a finished trial's, a node no sweep's, and what waits is not in play yet.
        _ => this,
    };

    /// <summary>What is known of the trial that an event is about, if it is in play.</summary>
    public TrialInPlay? Find(Lease lease) => InPlay.GetValueOrDefault(lease.Trial.Number);

    private SweepState Start(SweepEvent.TrialStarted started)
    {
        var known = Find(started.Lease);
        if (TrialRecord.Apply(known?.Trial, started) is not { } trial) return this;
        return this with
        {
            InPlay = InPlay.SetItem(started.Lease.Trial.Number, new TrialInPlay(trial, known?.FirstStartedAt ?? started.At)),
            Work = Work.Start(started.Lease.Attempt),
        };
    }

    // Whoever looks on from the middle may not know the trial: it is none of those in play then.
    private SweepState Change(Lease lease, SweepEvent happened) =>
        Find(lease) is { } known && TrialRecord.Apply(known.Trial, happened) is { } trial
            ? this with { InPlay = InPlay.SetItem(lease.Trial.Number, known with { Trial = trial }) }
            : this;

    private SweepState Finish(SweepEvent.TrialFinished finished)
    {
        var trial = Find(finished.Lease) is { } known ? TrialRecord.Apply(known.Trial, finished) : null;
        return this with
        {
            InPlay = InPlay.Remove(finished.Lease.Trial.Number),
            Work = Work.Finish(finished.State),
            Tally = Tally.Add(finished.State, trial),
        };
    }

    private SweepState Change(SweepEvent.SweepChanged changed) => changed.Change switch
    {
        SweepChange.Paused => this with { IsPaused = true },
        SweepChange.Resumed => this with { IsPaused = false },
        SweepChange.FailedReopened(var trials) => this with { Total = changed.Total, Tally = Tally.Reopen(trials.Count) },
        _ => this with { Total = changed.Total },
    };
}

/// <summary>A trial that runs or is to run again.</summary>
/// <param name="FirstStartedAt">Of its first attempt, as far as this process knows.</param>
public sealed record TrialInPlay(TrialRecord Trial, DateTimeOffset FirstStartedAt);
