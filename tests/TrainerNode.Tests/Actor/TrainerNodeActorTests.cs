using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>A node's actor on threads of its own, whose uplink is the test itself, and whose timers fire when told to.</summary>
public sealed class TrainerNodeActorTests : IAsyncDisposable
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Config Manual = ConfigurationFactory.ParseString("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);

    private readonly ActorSystem _system = ActorSystem.Create("node", Manual.WithFallback(ClusterConfig.Local));
    private readonly Channel<object> _said = Channel.CreateUnbounded<object>();
    private IActorRef _node = ActorRefs.Nobody;
    private readonly LineWriter _log = new();
    private readonly LineWriter _progress = new();

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        await _log.DisposeAsync();
        await _progress.DisposeAsync();
    }

    [Fact]
    public async Task ATrialIsReportedEpochByEpochAndEndedOnce()
    {
        var report = new EpochReport(1, new Score(1, 0.5), new Score(1, 0.5), 3);
        var running = Run(1, (_, tell, _) =>
        {
            tell(report);
            tell(report with { Epoch = 2 });
            return new TrialOutcome.Diverged(2, 5, "The loss is NaN.");
        });
        Order(new ToNode.Announce(), Start(1));
        (await Hear()).ShouldBeOfType<ToCoordinator.NodeJoined>().Node.ShouldBe(Node(1));
        (await Hear()).ShouldBe(new ToCoordinator.EpochReported(LeaseOf(1), report));
        (await Hear()).ShouldBe(new ToCoordinator.EpochReported(LeaseOf(1), report with { Epoch = 2 }));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Diverged(2, 5, "The loss is NaN.")));
        Order(new ToNode.Leave());
        (await running).ShouldBe(NodeEnd.Left);
    }

    [Fact]
    public async Task SlotsTrainAtTheSameTimeOnThreadsOfTheirOwn()
    {
        using var together = new Barrier(2);
        var threads = new System.Collections.Concurrent.ConcurrentBag<string?>();
        var running = Run(2, (_, _, _) =>
        {
            threads.Add(Thread.CurrentThread.Name);
            return together.SignalAndWait(Patience, CancellationToken.None) ? new TrialOutcome.Stopped() : new TrialOutcome.Failed("Alone.");
        });
        Order(Start(1), Start(2));
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        threads.ShouldBe(["slot 0", "slot 1"], ignoreOrder: true);
        Order(new ToNode.Leave());
        await running;
    }

    [Fact]
    public async Task AStoppedTrialAnswersAndItsSlotGoesOn()
    {
        var running = Run(1, (trial, _, stop) => trial == 1 ? WaitFor(stop) : new TrialOutcome.Failed("Second."));
        Order(Start(1), new ToNode.StopTrial(LeaseOf(1)));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Stopped()));
        Order(Start(2));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(2), new TrialOutcome.Failed("Second.")));
        Order(new ToNode.Leave());
        await running;
    }

    [Fact]
    public async Task WhatATrialThrowsIsItsFailureAndTheTraceIsLogged()
    {
        var running = Run(1, (trial, _, _) => throw (trial == 1 ? new InvalidDataException("The weights are odd.") : new InsufficientMemoryException()));
        Order(Start(1));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Failed("The weights are odd.")));
        Order(Start(2));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(2), new TrialOutcome.Failed("The node ran out of memory in this trial.")));
        Order(new ToNode.Leave());
        await running;
        _log.ToString().ShouldContain("lease=quick/1#1@local-1 failed: System.IO.InvalidDataException: The weights are odd.");
        _log.ToString().ShouldContain("   at ");
    }

    [Fact]
    public async Task LeavingStopsWhatRunsAndTellsIt()
    {
        var running = Run(2, (_, _, stop) => WaitFor(stop));
        Order(Start(1), Start(2), new ToNode.Leave());
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        (await running).ShouldBe(NodeEnd.Left);
    }

    [Fact]
    public async Task WithoutCoordinatorItEndsUnderATrialThatNeverStops()
    {
        using var never = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var running = Run(1, (_, _, _) =>
        {
            begun.Set();
            never.Wait(CancellationToken.None);
            return new TrialOutcome.Stopped();
        });
        Order(Start(1));
        begun.Wait(Patience).ShouldBeTrue();
        _node.Tell(new NodeMessage.CoordinatorGone());
        (await running).ShouldBe(NodeEnd.CoordinatorGone);
        never.Set();
    }

    [Fact]
    public async Task ATrialThatNeverStopsIsNamedAndDoesNotKeepTheNode()
    {
        using var never = new ManualResetEventSlim();
        var running = Run(1, (_, _, _) =>
        {
            never.Wait(CancellationToken.None);
            return new TrialOutcome.Stopped();
        });
        Order(Start(1), new ToNode.Leave());
        await Until(() => _progress.ToString().Contains("leaving", StringComparison.Ordinal));
        Advance(TrainerNodeActor.StopPatience);
        (await running).ShouldBe(NodeEnd.Hung);
        _log.ToString().ShouldContain("trial=quick/1 lease=quick/1#1@local-1 hangs");
        never.Set();
    }

    [Fact]
    public async Task ACoordinatorThatIsAwayKeepsNoNodeFromStoppingAndLeaving()
    {
        var running = Run(1, (_, _, stop) => WaitFor(stop), isSaved: false);
        Order(Start(1));
        await Until(() => _progress.ToString().Contains("started", StringComparison.Ordinal));
        _node.Tell(new NodeMessage.ToldToLeave());
        await Until(() => _progress.ToString().Contains("stopped", StringComparison.Ordinal));
        while (await Said() is not UplinkMessage.Leave) continue;
        Advance(TrainerNodeActor.SavePatience);
        (await running).ShouldBe(NodeEnd.Left);
        _log.ToString().ShouldContain("can't tell the coordinator");
    }

    [Fact]
    public async Task WhoLeavesDoesNotWaitForACoordinatorThatHasEnded()
    {
        var running = Run(1, (_, _, stop) => WaitFor(stop), isSaved: false);
        Order(new ToNode.Leave());
        while (await Said() is not UplinkMessage.Leave) continue;
        _node.Tell(new NodeMessage.CoordinatorGone());
        (await running).ShouldBe(NodeEnd.Left);
    }

    [Fact]
    public async Task WhatComesBeforeTheEngineIsReadyWaits()
    {
        var running = Run(1, (_, _, stop) => WaitFor(stop), isReady: false);
        Order(new ToNode.Announce());
        Begin(1, (_, _, stop) => WaitFor(stop));
        (await Hear()).ShouldBeOfType<ToCoordinator.NodeJoined>();
        Order(new ToNode.Leave());
        (await running).ShouldBe(NodeEnd.Left);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARefusalEndsTheNodeWithItsReason(bool isReady)
    {
        var running = Run(1, (_, _, stop) => WaitFor(stop), isReady: isReady);
        _node.Tell(new UplinkActor.TurnedAway("Speak another protocol."));
        (await Should.ThrowAsync<RefusedException>(running)).Message.ShouldBe("Speak another protocol.");
    }

    private static TrialOutcome WaitFor(CancellationToken stop)
    {
        stop.WaitHandle.WaitOne(Patience);
        throw new OperationCanceledException(stop);
    }

    private static ToNode.StartTrial Start(int trial) => new(LeaseOf(trial), SpecOf(trial));

    private Task<NodeEnd> Run(
        int slots, Func<int, Action<EpochReport>, CancellationToken, TrialOutcome> train, bool isSaved = true, bool isReady = true)
    {
        var ended = new TaskCompletionSource<NodeEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new NodeLog(Node(slots).Id, _progress, _log, TimeProvider.System);
        _node = _system.ActorOf(Props.Create(() => new TrainerNodeActor(
            (parent, self) => parent.ActorOf(Props.Create(() => new Ear(_said.Writer, isSaved ? self : ActorRefs.Nobody)), "uplink"), log, ended)));
        if (isReady) Begin(slots, train);
        return ended.Task.WaitAsync(Patience);
    }

    private void Begin(int slots, Func<int, Action<EpochReport>, CancellationToken, TrialOutcome> train) => _node.Tell(
        new TrainerNodeActor.Ready(Node(slots), new ScriptedTrainer((spec, report, stop) => train(spec.Id.Number, report, stop))));

    private void Advance(TimeSpan time) => ((TestScheduler)_system.Scheduler).Advance(time);

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds()) await Task.Delay(5, patience.Token);
    }

    private void Order(params ToNode[] orders)
    {
        foreach (var order in orders) _node.Tell(new NodeMessage.Ordered(order));
    }

    private async Task<ToCoordinator> Hear() => (await Said()).ShouldBeAssignableTo<ToCoordinator>()!;

    private async Task<object> Said()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _said.Reader.ReadAsync(patience.Token);
    }

    /// <summary>An uplink whose coordinator saves all at once.</summary>
    private sealed class Ear : ReceiveActor
    {
        public Ear(ChannelWriter<object> said, IActorRef node) => ReceiveAny(message =>
        {
            said.TryWrite(message);
            if (message is UplinkMessage.Leave) node.Tell(new UplinkActor.AllSaved());
        });
    }
}
