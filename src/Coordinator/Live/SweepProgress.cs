using System.Collections.Immutable;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>Where a running sweep stands: the sum of its events.</summary>
/// <param name="Finished">With a final state, earlier runs of the sweep included.</param>
/// <param name="Slots">Of the connected nodes, in the order in which they came.</param>
/// <param name="Best">Of the single trials by the sweep's objective, earlier runs included: while a sweep runs its configurations have not all their repeats yet.</param>
/// <param name="Lost">Attempts that died with their nodes.</param>
/// <param name="Retried">Attempts that failed and did not end their trial.</param>
/// <param name="Rate">Null until the first trial of this run starts.</param>
/// <param name="First">The parameters of the first trial seen, or of the best of earlier runs.</param>
/// <param name="Varied">Names of those that another trial has differently.</param>
public sealed record SweepProgress(
    string Sweep, int Total, int Finished, DateTimeOffset StartedAt, ImmutableList<SlotProgress> Slots, BestTrial? Best,
    int Pruned, int Diverged, int Failed, int Lost, int Retried, ProgressRate? Rate, SweepEvent.SweepEnded? Ended, ParameterSet? First, ImmutableSortedSet<string> Varied)
{
    /// <summary>No trial is started until it goes on.</summary>
    public bool Paused { get; private init; }

    public static SweepProgress None { get; } = new("", 0, 0, DateTimeOffset.UnixEpoch, [], null, 0, 0, 0, 0, 0, null, null, null, []);

    /// <summary>Trials and parts of trials.</summary>
    public double Done => Finished + Slots.Sum(slot => slot.Running?.Share ?? 0);

    /// <summary>Starts from what earlier runs of a sweep have finished.</summary>
    public static SweepProgress After(SweepTally tally)
    {
        var before = None with { Pruned = tally.Pruned, Diverged = tally.Diverged, Failed = tally.Failed };
        return tally.Best is { } best ? before with { Best = new BestTrial(best.Spec, best.Result!), First = best.Spec.Parameters } : before;
    }

    public SweepProgress On(SweepEvent happened)
    {
        var next = Fold(happened);
        return next.Rate is { } rate ? next with { Rate = rate.Advance(happened.At, next.Done, Math.Max(4, 4 * next.Slots.Count)) } : next;
    }

    /// <returns>Null while there is nothing to judge by, or no trial is started.</returns>
    public TimeSpan? TimeLeft(DateTimeOffset now) => Paused ? null : Rate?.TimeFor(Total - Done, now);

    private SweepProgress Fold(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted started => this with { Sweep = started.Sweep, Total = started.Total, Finished = started.Finished, StartedAt = started.At },
        SweepEvent.NodeConnected connected => Meet(connected.Node),
        SweepEvent.NodeLost { Node: var node } => this with { Slots = [.. Without(node)] },
        SweepEvent.NodeLeft { Node: var node } => this with { Slots = [.. Without(node)] },
        SweepEvent.TrialStarted started => Start(new RunningTrial(started.Lease, started.Spec, null), started.At),
        SweepEvent.EpochEnded ended => Update(ended.Lease, running => running with { Latest = ended.Report }),
        SweepEvent.AttemptEnded ended => End(ended),
        SweepEvent.TrialFinished finished => Finish(finished),
        SweepEvent.SweepChanged changed => Change(changed),
        SweepEvent.CheckpointDiscarded or SweepEvent.NodeDraining or SweepEvent.NodePutAside => this,
        SweepEvent.SweepEnded ended => this with { Ended = ended },
        _ => throw new InvalidOperationException($"No progress from {happened.GetType().Name}."),
    };

    // It may come back to an earlier coordinator's trials.
    private SweepProgress Meet(NodeDescription node)
    {
        var running = Slots.Where(slot => slot.Node == node.Id).Select(slot => slot.Running).OfType<RunningTrial>().ToList();
        var slots = Enumerable.Range(1, Math.Max(node.Slots, running.Count)).Select(number => new SlotProgress(node.Id, number, running.ElementAtOrDefault(number - 1)));
        return this with { Slots = [.. Without(node.Id), .. slots] };
    }

    private IEnumerable<SlotProgress> Without(NodeId node) => Slots.Where(slot => slot.Node != node);

    private SweepProgress Start(RunningTrial running, DateTimeOffset at)
    {
        var free = Slots.FindIndex(slot => slot.Node == running.Lease.Node && slot.Running is null);
        var slots = free >= 0
            ? Slots.SetItem(free, Slots[free] with { Running = running })
            : Slots.Add(new SlotProgress(running.Lease.Node, Slots.Count(slot => slot.Node == running.Lease.Node) + 1, running));
        return Meet(running.Spec) with { Slots = slots, Rate = Rate ?? new ProgressRate(at, Done) };
    }

    private SweepProgress Meet(TrialSpec spec)
    {
        var first = First ?? spec.Parameters;
        var different = spec.Parameters.Where(parameter => !parameter.Value.Equals(first[parameter.Key])).Select(parameter => parameter.Key);
        return this with { First = first, Varied = Varied.Union(different) };
    }

    private SweepProgress Update(Lease lease, Func<RunningTrial, RunningTrial?> change)
    {
        var at = Slots.FindIndex(slot => slot.Running?.Lease == lease);
        return at < 0 ? this : this with { Slots = Slots.SetItem(at, Slots[at] with { Running = change(Slots[at].Running!) }) };
    }

    private SweepProgress End(SweepEvent.AttemptEnded ended) => Update(ended.Lease, _ => null) with
    {
        Lost = Lost + (ended.End == AttemptEnd.Lost ? 1 : 0),
        Retried = Retried + (ended.End == AttemptEnd.Failed ? 1 : 0),
    };

    private SweepProgress Finish(SweepEvent.TrialFinished finished)
    {
        var spec = Slots.Find(slot => slot.Running?.Lease == finished.Lease)?.Running?.Spec;
        return (Update(finished.Lease, _ => null) with { Finished = Finished + 1 }).Count(spec, finished.State, finished.Result);
    }

    private SweepProgress Change(SweepEvent.SweepChanged changed) => changed.Change switch
    {
        SweepChange.Paused => this with { Paused = true },
        // What went on while it was paused says nothing of what comes.
        SweepChange.Resumed => this with { Paused = false, Rate = Rate is null ? null : new ProgressRate(changed.At, Done) },
        SweepChange.FailedReopened(var trials) => this with { Finished = Finished - trials.Count, Failed = Failed - trials.Count },
        _ => this with { Total = changed.Total },
    };

    private SweepProgress Count(TrialSpec? spec, TrialState state, TrialResult? result)
    {
        var counted = this with
        {
            Pruned = Pruned + (state == TrialState.Pruned ? 1 : 0),
            Diverged = Diverged + (state == TrialState.Diverged ? 1 : 0),
            Failed = Failed + (state == TrialState.Failed ? 1 : 0),
        };
        if (spec is null || result is null) return counted;
        var candidate = new BestTrial(spec, result);
        return Best is null || candidate.IsBetterThan(Best) ? counted with { Best = candidate } : counted;
    }
}

/// <param name="Number">Among the slots of its node, from 1.</param>
public sealed record SlotProgress(NodeId Node, int Number, RunningTrial? Running);

/// <param name="Latest">Null in the first epoch.</param>
public sealed record RunningTrial(Lease Lease, TrialSpec Spec, EpochReport? Latest)
{
    public int Epochs => Spec.Parameters.Epochs();

    /// <summary>How much of it is done, 0 to 1.</summary>
    public double Share => Math.Min(1, (double)(Latest?.Epoch ?? 0) / Epochs);
}

public sealed record BestTrial(TrialSpec Spec, TrialResult Result)
{
    /// <summary>Of the objective, at the best epoch.</summary>
    public double Value => Spec.Objective.Of(Result);

    internal bool IsBetterThan(BestTrial other) => Place.CompareTo(other.Place) < 0;

    private (double, double, int) Place => Spec.Objective.PlaceOf(Result, Spec.Id.Number);
}
