using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>A machine under test, and all that it has asked for.</summary>
internal sealed class SweepBench
{
    private static readonly ParameterSet Nothing = ParameterSet.Empty;
    private readonly SweepMachine _machine;

    public SweepBench(int total, IReadOnlyList<TrialRecord>? earlier = null, SweepBudgets? budgets = null, Func<TrialSpec, EpochReport, string?>? verdict = null)
    {
        Trials = new NumberedTrials(total, earlier ?? []) { Verdict = verdict ?? ((_, _) => null) };
        _machine = Over(Trials, earlier ?? [], budgets);
        Tell(new SweepMessage.Begin());
    }

    public NumberedTrials Trials { get; }

    public SweepMachine Machine => _machine;

    public List<SweepEffect> Effects { get; } = [];

    public IEnumerable<SweepEvent> Events => Effects.OfType<SweepEffect.Save>().Select(save => save.Event);

    public SweepEffect.End? End => Effects.OfType<SweepEffect.End>().SingleOrDefault();

    public static SweepMachine Over(NumberedTrials trials, IReadOnlyList<TrialRecord> earlier, SweepBudgets? budgets = null) =>
        new("quick", trials, Objective.Default, budgets ?? SweepBudgets.None, earlier);

    public static SweepMachine Over(int total, params IReadOnlyList<TrialRecord> earlier) => Over(new NumberedTrials(total, earlier), earlier);

    public static TrialSpec Spec(int number) => new(new TrialId("quick", number), Nothing, Objective.Default);

    public static NodeDescription Node(string name, int slots = 1) => new(new NodeId(name), slots, "managed", "a processor", 1);

    public IReadOnlyList<SweepEffect> Tell(SweepMessage message)
    {
        var effects = _machine.On(message, Samples.Start);
        Effects.AddRange(effects);
        return effects;
    }

    public IReadOnlyList<SweepEffect> Say(string node, ToCoordinator message) => Tell(new SweepMessage.NodeSaid(new NodeId(node), message));

    public IReadOnlyList<SweepEffect> Join(string node, int slots = 1, params Lease[] held) => Say(node, new ToCoordinator.NodeJoined(Node(node, slots), held));

    public IReadOnlyList<SweepEffect> Finish(Lease lease, TrialOutcome? outcome = null) =>
        Say(lease.Node.Name, new ToCoordinator.TrialEnded(lease, outcome ?? new TrialOutcome.Completed(Samples.Result())));

    public IReadOnlyList<SweepEffect> Disconnect(string node) => Tell(new SweepMessage.NodeDisconnected(new NodeId(node), "exit code 137 (killed)"));

    public IReadOnlyList<SweepEffect> Fire(SweepTimer timer) => Tell(new SweepMessage.TimerFired(timer));
}

internal static class EffectReading
{
    public static IReadOnlyList<Lease> Started(this IEnumerable<SweepEffect> effects) => [.. effects.Sent<ToNode.StartTrial>().Select(start => start.Lease)];

    public static IReadOnlyList<Lease> StopsAsked(this IEnumerable<SweepEffect> effects) => [.. effects.Sent<ToNode.StopTrial>().Select(stop => stop.Lease)];

    public static IReadOnlyList<T> Saved<T>(this IEnumerable<SweepEffect> effects) where T : SweepEvent => [.. effects.OfType<SweepEffect.Save>().Select(save => save.Event).OfType<T>()];

    public static IEnumerable<T> Sent<T>(this IEnumerable<SweepEffect> effects) where T : ToNode => effects.OfType<SweepEffect.Send>().Select(send => send.Message).OfType<T>();
}
