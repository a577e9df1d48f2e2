using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests.Actor;

public sealed class NodeActorTests : IAsyncDisposable
{
    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChannelTransport _coordinator = new();
    private readonly ManualClock _clock = new();
    private readonly LineWriter _log = new();
    private readonly LineWriter _progress = new();

    public async ValueTask DisposeAsync()
    {
        await _coordinator.DisposeAsync();
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
        await Order(Start(1));
        (await Hear()).ShouldBeOfType<ToCoordinator.NodeJoined>().Node.ShouldBe(Node(1));
        (await Hear()).ShouldBe(new ToCoordinator.EpochReported(LeaseOf(1), report));
        (await Hear()).ShouldBe(new ToCoordinator.EpochReported(LeaseOf(1), report with { Epoch = 2 }));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Diverged(2, 5, "The loss is NaN.")));
        await Order(new ToNode.Leave());
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
        await Hear();
        await Order(Start(1), Start(2));
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBe(new TrialOutcome.Stopped());
        threads.ShouldBe(["slot 0", "slot 1"], ignoreOrder: true);
        await Order(new ToNode.Leave());
        await running;
    }

    [Fact]
    public async Task AStoppedTrialAnswersAndItsSlotGoesOn()
    {
        var running = Run(1, (trial, _, stop) => trial == 1 ? WaitFor(stop) : new TrialOutcome.Failed("Second."));
        await Hear();
        await Order(Start(1), new ToNode.StopTrial(LeaseOf(1)));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Stopped()));
        await Order(Start(2));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(2), new TrialOutcome.Failed("Second.")));
        await Order(new ToNode.Leave());
        await running;
    }

    [Fact]
    public async Task WhatATrialThrowsIsItsFailureAndTheTraceIsLogged()
    {
        var running = Run(1, (trial, _, _) => throw (trial == 1 ? new InvalidDataException("The weights are odd.") : new InsufficientMemoryException()));
        await Hear();
        await Order(Start(1));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Failed("The weights are odd.")));
        await Order(Start(2));
        (await Hear()).ShouldBe(new ToCoordinator.TrialEnded(LeaseOf(2), new TrialOutcome.Failed("The node ran out of memory in this trial.")));
        await Order(new ToNode.Leave());
        await running;
        _log.ToString().ShouldContain("lease=quick/1#1@local-1 failed: System.IO.InvalidDataException: The weights are odd.");
        _log.ToString().ShouldContain("   at ");
    }

    [Fact]
    public async Task LeavingStopsWhatRunsAndTellsIt()
    {
        var running = Run(2, (_, _, stop) => WaitFor(stop));
        await Hear();
        await Order(Start(1), Start(2), new ToNode.Leave());
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
        await Order(Start(1));
        begun.Wait(Patience).ShouldBeTrue();
        await _coordinator.DisposeAsync();
        (await running).ShouldBe(NodeEnd.CoordinatorGone);
        never.Set();
    }

    [Fact]
    public async Task ItSaysAtASteadyPaceThatItIsAlive()
    {
        var running = Run(1, (_, _, _) => new TrialOutcome.Stopped());
        await Hear();
        _clock.Period.ShouldBe(NodeActor.AlivePace);
        _clock.Tick();
        (await Hear()).ShouldBe(new ToCoordinator.NodeAlive(Node(1).Id));
        _clock.Tick();
        (await Hear()).ShouldBe(new ToCoordinator.NodeAlive(Node(1).Id));
        await Order(new ToNode.Leave());
        await running;
    }

    [Fact]
    public async Task AReportIsASignOfLifeItself()
    {
        var report = new EpochReport(1, new Score(1, 0.5), new Score(1, 0.5), 3);
        var running = Run(1, (_, tell, _) =>
        {
            tell(report);
            return new TrialOutcome.Stopped();
        });
        await Hear();
        foreach (var attempt in new[] { 1, 2 })
        {
            await Order(Start(attempt));
            (await Hear()).ShouldBeOfType<ToCoordinator.EpochReported>();
            (await Hear()).ShouldBeOfType<ToCoordinator.TrialEnded>();
            _clock.Tick();
        }
        await Order(new ToNode.Leave());
        await running;
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
        await Order(Start(1), new ToNode.Leave());
        await _clock.ElapseAsync(NodeActor.StopPatience);
        (await running).ShouldBe(NodeEnd.Hung);
        _log.ToString().ShouldContain("trial=quick/1 lease=quick/1#1@local-1 hangs");
        never.Set();
    }

    [Fact]
    public async Task ABrokerThatIsAwayKeepsNoNodeFromStoppingAndLeaving()
    {
        await using var transport = new StuckTransport();
        var running = Run(1, (_, _, stop) => WaitFor(stop), transport, out var actor);
        await transport.Orders.WriteAsync(Start(1));
        await Until(() => _progress.ToString().Contains("started", StringComparison.Ordinal));
        actor.Leave();
        await Until(() => _progress.ToString().Contains("stopped", StringComparison.Ordinal));
        await _clock.ElapseAsync(NodeActor.SendPatience);
        (await running).ShouldBe(NodeEnd.Left);
        _log.ToString().ShouldContain("can't tell the coordinator");
    }

    [Fact]
    public async Task ARefusalEndsTheNodeWithItsReason()
    {
        await using var transport = new StuckTransport();
        var running = Run(1, (_, _, stop) => WaitFor(stop), transport, out _);
        transport.Orders.Complete(new RefusedException("Speak another protocol."));
        (await Should.ThrowAsync<RefusedException>(running)).Message.ShouldBe("Speak another protocol.");
    }

    private static TrialOutcome WaitFor(CancellationToken stop)
    {
        stop.WaitHandle.WaitOne(Patience);
        throw new OperationCanceledException(stop);
    }

    private static ToNode.StartTrial Start(int trial) => new(LeaseOf(trial), SpecOf(trial));

    private Task<NodeEnd> Run(int slots, Func<int, Action<EpochReport>, CancellationToken, TrialOutcome> train) =>
        Run(slots, train, _coordinator.Connect(Node(slots).Id), out _);

    private Task<NodeEnd> Run(int slots, Func<int, Action<EpochReport>, CancellationToken, TrialOutcome> train, INodeTransport transport, out NodeActor actor)
    {
        var log = new NodeLog(Node(slots).Id, _progress, _log, _clock);
        actor = new NodeActor(Node(slots), new ScriptedTrainer((spec, report, stop) => train(spec.Id.Number, report, stop)), transport, _clock, log);
        return actor.RunAsync().WaitAsync(Patience);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds()) await Task.Delay(5, patience.Token);
    }

    private async Task Order(params ToNode[] orders)
    {
        foreach (var order in orders) await _coordinator.SendAsync(Node(1).Id, order, CancellationToken.None);
    }

    private async Task<ToCoordinator> Hear()
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await _coordinator.Inbox.ReadAsync(patience.Token)).ShouldBeOfType<FromNode.Said>().Message;
    }
}
