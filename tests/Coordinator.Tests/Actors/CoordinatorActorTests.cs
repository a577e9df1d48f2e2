using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Machine;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class CoordinatorActorTests : IAsyncDisposable
{
    private readonly LoggingStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Wire _wire;
    private readonly List<string> _log;

    public CoordinatorActorTests()
    {
        _log = _store.Log;
        _wire = new Wire { OnSent = (_, message) => Write("send " + message.GetType().Name) };
    }

    [Fact]
    public async Task EverythingIsSavedThenSentThenShown()
    {
        var run = Run(Actor(total: 1));
        _wire.Join("a");
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);
        (await run).How.ShouldBe(SweepEnd.Complete);
        // The last that the links were given.
        await _wire.NextAsync<ToNode.Leave>();
        var started = _log.IndexOf("save TrialStarted");
        started.ShouldBeGreaterThanOrEqualTo(0);
        _log.IndexOf("send StartTrial").ShouldBeGreaterThan(started);
        // Handed over to the links before it is shown: when these send it is theirs.
        _log.IndexOf("show TrialStarted").ShouldBeGreaterThan(started);
        _log.FindLast(line => line.StartsWith("show", StringComparison.Ordinal)).ShouldBe("show SweepEnded");
        _wire.Saved.ShouldBe(2);
    }

    [Fact]
    public async Task WhatIsQueuedIsSavedInOneStep()
    {
        var actor = Actor(total: 400);
        for (var node = 0; node < 100; node++) _wire.Join($"n{node}");
        actor.Tell(new ClusterMessage.NodesGivenUp("enough"));
        (await Run(actor)).Reason.ShouldBe("enough");
        // One where all of it waits; the actor may have begun before the last of it came.
        _store.Appends.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task AStoreThatFailsEndsTheRunAndNothingUnsavedIsSent()
    {
        var run = Run(Actor(total: 2));
        _wire.Join("a");
        var first = await _wire.NextAsync<ToNode.StartTrial>();
        _store.IsFull = true;
        Finish(first.Lease);
        (await Should.ThrowAsync<StoreException>(() => run)).Message.ShouldBe("the disk is full");
        _log.Count(line => line == "send StartTrial").ShouldBe(1);
        (await _wire.NextAsync<ToNode.Leave>()).ShouldNotBeNull();
        // The result that was not saved comes again: only the node's joining is done with.
        _wire.Saved.ShouldBe(1);
    }

    [Fact]
    public async Task WhenTheRunHasEndedTheBestOfItsSweepIsKept()
    {
        var run = Run(Actor(total: 1));
        _wire.Join("a");
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);
        await run;
        _store.KeptBest.ShouldBe(["quick"]);
    }

    [Fact]
    public async Task ABestThatCantBeKeptIsSaid()
    {
        _store.IsFullForTheBest = true;
        var run = Run(Actor(total: 1));
        _wire.Join("a");
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);
        (await Should.ThrowAsync<StoreException>(() => run)).Message.ShouldBe("the disk is full");
    }

    [Fact]
    public async Task ARetryComesWhenItsTimerFires()
    {
        var run = Run(Actor(total: 1));
        _wire.Join("a");
        var first = (await _wire.NextAsync<ToNode.StartTrial>()).Lease;
        _wire.Say("a", new ToCoordinator.TrialEnded(first, new TrialOutcome.Failed("an error")));
        await _store.SawAsync<SweepEvent.AttemptEnded>();
        // The timer is set after the save: the next message proves that the batch is done.
        _wire.Join("b");
        await _store.SawAsync<SweepEvent.NodeConnected>(times: 2);
        _wire.Advance(TimeSpan.FromSeconds(1));
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);
        (await run).How.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public async Task WhatNodesSayBeforeTheirSweepIsKnownWaits()
    {
        var work = Work();
        var actor = _wire.Open(work);
        _wire.Join("a");
        actor.Tell(new ClusterMessage.Begin(SweepBench.Over(total: 1)));
        var run = Run(actor);
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);
        (await run).How.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public async Task WhoHasAnAnswerCanLookAtWhatFollowsFromIt()
    {
        using var handOver = new CancellationTokenSource();
        var actor = Actor(total: 1);
        var (answer, wasEarly) = (actor.AskAsync("quick", new SweepCommand.Pause()), new List<bool>());
        var run = actor.RunAsync(happened => { if (happened is SweepEvent.SweepChanged) wasEarly.Add(answer.IsCompleted); }, handOver.Token);
        (await answer).Accepted.ShouldBeTrue();
        wasEarly.ShouldBe([false]);
        await handOver.CancelAsync();
        await run;
    }

    [Fact]
    public async Task WhoAsksWhenTheWorkHasEndedIsToldSo()
    {
        var actor = Actor(total: 1);
        var run = Run(actor);
        actor.Tell(new ClusterMessage.NodesGivenUp("enough"));
        await run;
        (await actor.AskAsync("quick", new SweepCommand.Pause())).Accepted.ShouldBeFalse();
        await _wire.DisposeAsync();
        (await actor.AskAsync("quick", new SweepCommand.Pause())).Message.ShouldBe("The work here has ended.");
    }

    [Fact]
    public async Task ACheckpointThatTheStoreHasNotIsAFailureOfItsTrial()
    {
        var actor = Actor(total: 1, hasCheckpoint: false);
        var ended = new TaskCompletionSource<SweepEvent.AttemptEnded>();
        var run = actor.RunAsync(happened =>
        {
            if (happened is SweepEvent.AttemptEnded end) ended.SetResult(end);
        });
        _wire.Join("a");
        Finish((await _wire.NextAsync<ToNode.StartTrial>()).Lease);

        var attempt = await ended.Task;
        actor.Tell(new ClusterMessage.NodesGivenUp("enough"));
        await run;

        attempt.Reason.ShouldBe("its checkpoint is not in the coordinator's store: give node a that folder as --store, or --coordinator URL");
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return _wire.DisposeAsync();
    }

    private CoordinatorWork Work(bool hasCheckpoint = true) =>
        new(new ClusterMachine(isStanding: false), _store, new CheckpointFolder(""), _time) { HasCheckpoint = _ => hasCheckpoint };

    private CoordinatorRef Actor(int total, bool hasCheckpoint = true)
    {
        var actor = _wire.Open(Work(hasCheckpoint));
        actor.Tell(new ClusterMessage.Begin(SweepBench.Over(total)));
        return actor;
    }

    private async Task<ClusterEffect.End> Run(CoordinatorRef actor) => (await actor.RunAsync(happened => Write("show " + happened.GetType().Name)))!;

    private void Finish(Lease lease) => _wire.Say(lease.Node.Name, new ToCoordinator.TrialEnded(lease, new TrialOutcome.Completed(Samples.Result())));

    private void Write(string line)
    {
        lock (_log) _log.Add(line);
    }
}
