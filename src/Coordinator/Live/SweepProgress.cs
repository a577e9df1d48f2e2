using System.Collections.Immutable;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>Where a running sweep stands, as it is shown: what is known of it, in slots, and how fast it goes.</summary>
/// <param name="Slots">Of the connected nodes, in the order in which they came.</param>
/// <param name="Rate">Null until the first trial of this run starts.</param>
/// <param name="First">The parameters of the first trial seen, or of the best of earlier runs.</param>
/// <param name="Varied">Names of those that another trial has differently.</param>
public sealed record SweepProgress(
    SweepState State, NodeRoster Nodes, ImmutableList<SlotProgress> Slots, ProgressRate? Rate, ParameterSet? First, ImmutableSortedSet<string> Varied)
{
    public static SweepProgress None { get; } = new(SweepState.None, NodeRoster.Empty, [], null, null, []);

    public string Sweep => State.Name;

    public int Total => State.Total;

    /// <summary>With a final state, earlier runs of the sweep included.</summary>
    public int Finished => State.Tally.Finished;

    public int Failed => State.Tally.Failed;

    /// <summary>Of the single trials, earlier runs included: while a sweep runs its configurations have not all their repeats yet.</summary>
    public TrialRecord? Best => State.Tally.Best;

    /// <summary>Trials and parts of trials.</summary>
    public double Done => Finished + Slots.Sum(slot => slot.Running?.Share ?? 0);

    /// <summary>Starts from what earlier runs of a sweep have finished.</summary>
    public static SweepProgress After(SweepTally tally) => Of(SweepState.None with { Tally = tally }, NodeRoster.Empty);

    /// <summary>Starts from what is known of a sweep and of the nodes.</summary>
    public static SweepProgress Of(SweepState state, NodeRoster nodes)
    {
        var progress = None with { State = state, Nodes = nodes, Slots = Arrange([], state, nodes), First = state.Tally.Best?.Spec.Parameters };
        foreach (var trial in state.Running) progress = progress.Meet(trial.Spec);
        return state.InPlay.IsEmpty ? progress : progress with { Rate = new ProgressRate(state.Running.Min(trial => trial.StartedAt), progress.Done) };
    }

    public SweepProgress On(SweepEvent happened)
    {
        var (state, nodes) = (State.Apply(happened), Nodes.Apply(happened));
        var next = this with { State = state, Nodes = nodes, Slots = SlotsAfter(happened, state, nodes) };
        if (happened is SweepEvent.TrialStarted { Spec: var spec }) next = next.Meet(spec);
        return next.Measure(happened);
    }

    /// <returns>Null while there is nothing to judge by, no trial is started, or some wait for a node that may never come.</returns>
    public TimeSpan? TimeLeft(DateTimeOffset now) => State.IsPaused || !State.Awaited.IsEmpty ? null : Rate?.TimeFor(Total - Done, now);

    private SweepProgress Meet(TrialSpec spec)
    {
        var first = First ?? spec.Parameters;
        var different = spec.Parameters.Where(parameter => !parameter.Value.Equals(first[parameter.Key])).Select(parameter => parameter.Key);
        return this with { First = first, Varied = Varied.Union(different) };
    }

    private SweepProgress Measure(SweepEvent happened) => happened switch
    {
        SweepEvent.TrialStarted when Rate is null => this with { Rate = new ProgressRate(happened.At, Done) },
        // What went on while it was paused says nothing of what comes.
        SweepEvent.SweepChanged { Change: SweepChange.Resumed } when Rate is not null => this with { Rate = new ProgressRate(happened.At, Done) },
        _ => this with { Rate = Rate?.Advance(happened.At, Done, Math.Max(4, 4 * Slots.Count)) },
    };

    private ImmutableList<SlotProgress> SlotsAfter(SweepEvent happened, SweepState state, NodeRoster nodes)
    {
        if (ReferenceEquals(state.InPlay, State.InPlay) && ReferenceEquals(nodes, Nodes)) return Slots;
        if (happened is not SweepEvent.EpochEnded ended) return Arrange(Slots, state, nodes);
        var at = Slots.FindIndex(slot => slot.Running?.Lease == ended.Lease);
        return at < 0 ? Slots : Slots.SetItem(at, Slots[at] with { Running = Slots[at].Running! with { Latest = ended.Report } });
    }

    // A trial stays in the slot where it was first seen. Nodes of an earlier coordinator that have not come back yet have those of their trials.
    private static ImmutableList<SlotProgress> Arrange(ImmutableList<SlotProgress> before, SweepState state, NodeRoster nodes)
    {
        var running = state.Running.ToLookup(trial => trial.Node);
        var known = nodes.All.OrderBy(node => node.Since).Select(node => (node.Id, node.Description.Slots));
        var presumed = running.Select(trials => trials.Key).Where(node => !nodes.Nodes.ContainsKey(node.Name))
            .OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => (Id: node, Slots: 0));
        var places = before.ToLookup(slot => slot.Node);
        return [.. presumed.Concat(known).SelectMany(node => Arrange(node.Id, node.Slots, [.. places[node.Id]], [.. running[node.Id]]))];
    }

    private static IEnumerable<SlotProgress> Arrange(NodeId node, int slots, List<SlotProgress> before, List<TrialRecord> running)
    {
        var placed = running.ToDictionary(trial => trial.Lease);
        var kept = before.Select(slot => slot.Running is { } trial && placed.Remove(trial.Lease, out var now) ? now : null).ToList();
        var waiting = new Queue<TrialRecord>(placed.Values.OrderBy(trial => trial.StartedAt).ThenBy(trial => trial.Spec.Id.Number));
        for (var number = 1; number <= Math.Max(slots, running.Count); number++)
        {
            var trial = kept.ElementAtOrDefault(number - 1) ?? (waiting.TryDequeue(out var next) ? next : null);
            yield return new SlotProgress(node, number, trial is null ? null : new RunningTrial(trial.Lease, trial.Spec, trial.Epoch));
        }
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
