using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>A machine under test, and all that it has asked for.</summary>
internal sealed class SweepBench
{
    private static readonly ParameterSet Nothing = ParameterSet.Empty;
    private readonly ClusterMachine _machine;

    public SweepBench(
        int total, IReadOnlyList<TrialRecord>? earlier = null, SweepBudgets? budgets = null, Func<TrialSpec, EpochReport, string?>? verdict = null,
        bool isStanding = false, SweepPast? past = null, DateTimeOffset? now = null, bool hasTwoEngines = false)
    {
        past ??= Past(earlier ?? []);
        Now = now ?? Samples.Start;
        Trials = new NumberedTrials(total, past.Trials) { Verdict = verdict ?? ((_, _) => null), HasTwoEngines = hasTwoEngines };
        _machine = new ClusterMachine(isStanding);
        Tell(new ClusterMessage.Begin(Over(Trials, past, budgets)));
    }

    public NumberedTrials Trials { get; }

    public ClusterMachine Machine => _machine;

    public DateTimeOffset Now { get; set; }

    public List<ClusterEffect> Effects { get; } = [];

    public IEnumerable<SweepEvent> Events => Effects.OfType<ClusterEffect.Save>().Select(save => save.Event);

    public ClusterEffect.End? End => Effects.OfType<ClusterEffect.End>().SingleOrDefault();

    public static SweepMachine Over(NumberedTrials trials, SweepPast past, SweepBudgets? budgets = null)
    {
        trials.Spec = trials.Spec with { Budgets = budgets ?? SweepBudgets.None };
        return new SweepMachine("quick", trials, past);
    }

    public static SweepMachine Over(int total, params IReadOnlyList<TrialRecord> earlier) => Over(new NumberedTrials(total, earlier), Past(earlier));

    public static SweepPast Past(IReadOnlyList<TrialRecord> earlier) =>
        new(earlier.Count(trial => trial.State is not (TrialState.Pending or TrialState.Running)), earlier, []);

    public static TrialSpec Spec(int number, string sweep = "quick") => new(new TrialId(sweep, number), Nothing, Objective.Default);

    public static NodeDescription Node(string name, int slots = 1) => new(new NodeId(name), slots, "managed", "a processor", 1);

    public IReadOnlyList<ClusterEffect> Tell(ClusterMessage message)
    {
        var effects = _machine.On(message, Now);
        Effects.AddRange(effects);
        return effects;
    }

    public IReadOnlyList<ClusterEffect> Say(string node, ToCoordinator message) => Tell(new ClusterMessage.NodeSaid(new NodeId(node), message));

    public IReadOnlyList<ClusterEffect> Join(string node, int slots = 1, params Lease[] held) =>
        Say(node, new ToCoordinator.NodeJoined(Node(node, slots), held));

    public IReadOnlyList<ClusterEffect> Finish(Lease lease, TrialOutcome? outcome = null) =>
        Say(lease.Node.Name, new ToCoordinator.TrialEnded(lease, outcome ?? new TrialOutcome.Completed(Samples.Result())));

    public IReadOnlyList<ClusterEffect> Disconnect(string node) => Tell(new ClusterMessage.NodeDisconnected(new NodeId(node), "exit code 137 (killed)"));

    public IReadOnlyList<ClusterEffect> Fire(ClusterTimer timer) => Tell(new ClusterMessage.TimerFired(timer));
}

internal static class EffectReading
{
    public static IReadOnlyList<Lease> Started(this IEnumerable<ClusterEffect> effects) => [.. effects.Sent<ToNode.StartTrial>().Select(start => start.Lease)];

    public static IReadOnlyList<Lease> StopsAsked(this IEnumerable<ClusterEffect> effects) => [.. effects.Sent<ToNode.StopTrial>().Select(stop => stop.Lease)];

    public static IReadOnlyList<T> Saved<T>(this IEnumerable<ClusterEffect> effects) where T : SweepEvent =>
        [.. effects.OfType<ClusterEffect.Save>().Select(save => save.Event).OfType<T>()];

    public static IEnumerable<T> Sent<T>(this IEnumerable<ClusterEffect> effects) where T : ToNode =>
        effects.OfType<ClusterEffect.Send>().Select(send => send.Message).OfType<T>();
}
