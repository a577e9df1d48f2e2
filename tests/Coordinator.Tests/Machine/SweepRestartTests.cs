using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>What a coordinator has counted against a trial, the next one knows.</summary>
public sealed class SweepRestartTests
{
    private static readonly DateTimeOffset Failed = Samples.At(10);

    [Fact]
    public void ARestartChangesNeitherTheAttemptsOfATrialNorItsEnd() =>
        Prop.ForAll(Lives(), life =>
        {
            Live(life).ShouldBe(Live([.. life.Select(turn => turn with { RestartsBefore = false, RestartsWithin = false })]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(5, 7));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1.5, 0.5)]
    [InlineData(60, 0)]
    [InlineData(-60, 2)]
    public void AfterARestartAFailedTrialWaitsForWhatIsLeftOfItsBackoff(double secondsLater, double secondsLeft)
    {
        var bench = new SweepBench(
            1, now: Failed.AddSeconds(secondsLater), past: new SweepPast(0, [Pending(attempt: 2)], [Held(1, AttemptEnd.Failed), Held(2, AttemptEnd.Failed)]));
        bench.Effects.ShouldContain(new ClusterEffect.SetTimer(new ClusterTimer.RetryDue(new TrialId("quick", 1)), TimeSpan.FromSeconds(secondsLeft)));
        bench.Join("c").Started().ShouldBeEmpty();
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1))).Started().ShouldBe([Samples.Lease(1, 3, "c")]);
    }

    [Fact]
    public void HoweverOftenATrialHasFailedItWaitsForMinutesOnly()
    {
        var bench = new SweepBench(
            1, now: Failed, past: new SweepPast(0, [Pending(attempt: 60)], [.. Enumerable.Range(1, 60).Select(attempt => Held(attempt, AttemptEnd.Failed))]));
        bench.Effects.ShouldContain(new ClusterEffect.SetTimer(new ClusterTimer.RetryDue(new TrialId("quick", 1)), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void AfterARestartATrialThatWasLostSinceItFailedRunsAtOnce()
    {
        var bench = new SweepBench(1, past: new SweepPast(0, [Pending(attempt: 2)], [Held(1, AttemptEnd.Failed), Held(2, AttemptEnd.Lost)]));
        bench.Join("c").Started().ShouldBe([Samples.Lease(1, 3, "c")]);
    }

    [Fact]
    public void AfterARestartAFailedTrialIsTriedOnAnotherNode()
    {
        var bench = new SweepBench(2, past: new SweepPast(0, [Pending(attempt: 1)], [Held(1, AttemptEnd.Failed)]));
        bench.Join("c");
        bench.Fire(new ClusterTimer.RetryDue(new TrialId("quick", 1)));
        bench.Join("node-1").Started().ShouldBeEmpty();
        bench.Finish(Samples.Lease(2, 1, "c")).Started().ShouldBe([Samples.Lease(1, 2, "c")]);
    }

    private static (TrialState State, int Attempts, string? Reason) Live(Turn[] life)
    {
        var trial = new TrialLife();
        foreach (var turn in life) trial.Live(turn);
        return (trial.Record.State, trial.Record.Attempt, trial.Record.Reason);
    }

    private static TrialRecord Pending(int attempt) =>
        new(SweepBench.Spec(1), TrialState.Pending, attempt, Samples.Node, Samples.Start, Failed, null, null, "an error");

    private static AttemptRecord Held(int attempt, AttemptEnd end) => new(Samples.Lease(1, attempt), Samples.Start, Failed, EnumText.Of(end), "an error");

    private static Arbitrary<Turn[]> Lives() =>
        (from fate in Gen.Frequency(
             (5, Gen.Constant(Fate.Fails)), (5, Gen.Constant(Fate.KillsItsNode)), (3, Gen.Constant(Fate.StopsUnasked)),
             (1, Gen.Constant(Fate.Completes)))
         from before in Gen.Elements(false, true)
         from within in Gen.Elements(false, true)
         select new Turn(fate, before, within)).ArrayOf(8).ToArbitrary();
}

/// <param name="RestartsBefore">The coordinator, between two attempts.</param>
/// <param name="RestartsWithin">The coordinator, while the trial runs.</param>
internal sealed record Turn(Fate Fate, bool RestartsBefore, bool RestartsWithin);

internal enum Fate
{
    Fails,
    KillsItsNode,
    StopsUnasked,
    Completes,
}

/// <summary>A sweep of one trial, attempt by attempt.</summary>
internal sealed class TrialLife
{
    private readonly RecordedSweep _store = new();
    private readonly HashSet<ClusterTimer> _timers = [];
    private ClusterMachine _machine = new(isStanding: true);
    private DateTimeOffset _now = Samples.Start;
    private NodeDescription? _node;
    private Lease? _lease;
    private int _nodes;

    public TrialLife() => Restart();

    public TrialRecord Record => _store.Trials[0];

    public void Live(Turn turn)
    {
        if (_store.End is not null) return;
        if (turn.RestartsBefore) Restart();
        if (_node is null) Join(_node = SweepBench.Node($"node-{++_nodes}"));
        foreach (var due in _timers.OfType<ClusterTimer.RetryDue>().ToList()) Tell(new ClusterMessage.TimerFired(due));
        if (turn.RestartsWithin) Restart();
        Meet(turn.Fate);
    }

    private void Meet(Fate fate)
    {
        var lease = _lease.ShouldNotBeNull();
        _lease = null;
        switch (fate)
        {
            case Fate.KillsItsNode:
                Tell(new ClusterMessage.NodeDisconnected(lease.Node, "killed"));
                _node = null;
                break;
            case Fate.Fails: End(lease, new TrialOutcome.Failed("an error")); break;
            case Fate.StopsUnasked: End(lease, new TrialOutcome.Stopped()); break;
            case Fate.Completes: End(lease, new TrialOutcome.Completed(Samples.Result())); break;
        }
    }

    private void Restart()
    {
        _timers.Clear();
        _machine = new ClusterMachine(isStanding: true);
        Tell(new ClusterMessage.Begin(new SweepMachine("quick", new NumberedTrials(1, _store.Trials), _store.Past)));
        if (_node is not null) Join(_node);
    }

    private void Join(NodeDescription node) => Tell(new ClusterMessage.NodeSaid(node.Id, new ToCoordinator.NodeJoined(node, _lease is null ? [] : [_lease])));

    private void End(Lease lease, TrialOutcome outcome) => Tell(new ClusterMessage.NodeSaid(lease.Node, new ToCoordinator.TrialEnded(lease, outcome)));

    private void Tell(ClusterMessage message)
    {
        if (message is ClusterMessage.TimerFired fired) _timers.Remove(fired.Timer);
        _now += TimeSpan.FromSeconds(1);
        foreach (var effect in _machine.On(message, _now))
        {
            if (effect is ClusterEffect.Save { Event: var happened } && happened.Sweep() is not null) _store.Append(happened);
            if (effect is ClusterEffect.SetTimer { Timer: var timer }) _timers.Add(timer);
            if (effect is ClusterEffect.Send { Message: ToNode.StartTrial start }) _lease = start.Lease;
        }
    }
}
