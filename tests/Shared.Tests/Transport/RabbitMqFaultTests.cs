using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using static FashionSweep.Shared.Tests.Transport.RabbitMqBench;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>Broker, coordinator and network go away and come back: what was confirmed is told once, in its order.</summary>
[Collection(BrokerTests.Name)]
public sealed class RabbitMqFaultTests(RabbitMqBroker broker) : IAsyncLifetime
{
    private readonly RabbitMqBench _bench = new(broker);
    private readonly RabbitMqRelay _network = new(broker.Port);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _network.Dispose();
    }

    [Fact]
    public async Task AKilledBrokerComesBackWithAllThatItConfirmed()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        var saying = SayAsync(ann, 1, 2000);
        await HearAsync(coordinator, 1, 100);
        var told = new List<FromNode>();
        await broker.WriteRegistryAsync();
        broker.Kill();
        var restarting = broker.StartAsync();
        await HearAsync(coordinator, 101, 2000, told);
        // On a busy machine the node may come back so late that it is told to be lost.
        told.Where(news => news is not FromNode.Disconnected).Select(news => news.GetType()).ShouldBe([typeof(FromNode.CutOff), typeof(FromNode.Reconnected)]);
        await saying;
        await restarting;
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Announce());
    }

    [Fact]
    public async Task WhatNobodyTookSurvivesTheBrokersDeath()
    {
        await using (var ann = await _bench.JoinAsync(Ann)) await SayAsync(ann, 1, 50);
        await broker.WriteRegistryAsync();
        broker.Kill();
        await broker.StartAsync();
        await using var coordinator = await _bench.CoordinateAsync();
        await HearAsync(coordinator, 1, 50);
        (await ReadAsync(coordinator.Inbox)).ShouldBeOfType<FromNode.Disconnected>();
    }

    [Fact]
    public async Task ANewCoordinatorGetsWhatTheLastOneHasNotAcknowledged()
    {
        await using var ann = await _bench.JoinAsync(Ann);
        var first = await _bench.CoordinateAsync();
        await SayAsync(ann, 1, 10);
        await HearAsync(first, 1, 5);
        for (var attempt = 6; attempt <= 8; attempt++) AttemptOf(await ReadAsync(first.Inbox)).ShouldBe(attempt);
        await first.HandOverAsync();
        await SayAsync(ann, 11, 20);
        await using var second = await _bench.CoordinateAsync();
        await HearAsync(second, 6, 20);
    }

    [Fact]
    public async Task ANewCoordinatorAsksTheNodesToAnnounceThemselves()
    {
        await using var ann = await _bench.JoinAsync(Ann);
        await using var coordinator = await _bench.CoordinateAsync();
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Announce());
        await coordinator.SendAsync(Ann, new ToNode.StopTrial(LeaseOf(1)), CancellationToken.None);
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.StopTrial(LeaseOf(1)));
    }

    [Fact]
    public async Task ACutConnectionLosesAndRepeatsNothing()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann, _network.Port);
        var saying = SayAsync(ann, 1, 500);
        // A node that is back within a round of pings was never away; on a busy machine it may be told to be lost, and come back.
        var toldToBeLost = new List<FromNode>();
        foreach (var last in new[] { 50, 150, 250 })
        {
            await HearAsync(coordinator, last == 50 ? 1 : last - 99, last, toldToBeLost);
            _network.Cut();
        }
        await HearAsync(coordinator, 251, 500, toldToBeLost);
        toldToBeLost.ShouldAllBe(news => news is FromNode.Disconnected);
        await saying;
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Announce());
        coordinator.Refused.ShouldBe(0);
    }

    [Fact]
    public async Task ANodeThatIsCutOffIsToldAndMayComeBack()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann, _network.Port);
        await SayAsync(ann, 1, 3);
        _network.TakeDown();
        await HearAsync(coordinator, 1, 3);
        (await ReadAsync(coordinator.Inbox)).ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldContain("connection");
        await coordinator.SendAsync(Ann, new ToNode.StopTrial(LeaseOf(1)), CancellationToken.None);
        _network.BringUp();
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Announce());
        await SayAsync(ann, 4, 5);
        await coordinator.AcknowledgeAsync(1);
        await HearAsync(coordinator, 4, 5);
    }

    [Fact]
    public async Task ACoordinatorThatConnectsAgainHearsNothingTwice()
    {
        var coordinator = await _bench.CoordinateAsync(_network.Port);
        await using var ann = await _bench.JoinAsync(Ann);
        await SayAsync(ann, 1, 10);
        for (var attempt = 1; attempt <= 10; attempt++) AttemptOf(await ReadAsync(coordinator.Inbox)).ShouldBe(attempt);
        _network.Cut();
        (await ReadAsync(coordinator.Inbox)).ShouldBeOfType<FromNode.CutOff>();
        await coordinator.AcknowledgeAsync(4);
        (await ReadAsync(coordinator.Inbox)).ShouldBe(new FromNode.Reconnected());
        await SayAsync(ann, 11, 12);
        for (var attempt = 11; attempt <= 12; attempt++) AttemptOf(await ReadAsync(coordinator.Inbox)).ShouldBe(attempt);
        // Six more attempts, the two messages of its own, and the eleventh.
        await coordinator.AcknowledgeAsync(9);
        await coordinator.HandOverAsync();
        await using var next = await _bench.CoordinateAsync();
        await HearAsync(next, 12, 12);
    }

    [Fact]
    public async Task ACoordinatorThatIsCutOffKnowsIt()
    {
        await using var coordinator = await _bench.CoordinateAsync(_network.Port);
        await using var ann = await _bench.JoinAsync(Ann);
        await SayAsync(ann, 1, 1);
        await HearAsync(coordinator, 1, 1);
        _network.TakeDown();
        (await ReadAsync(coordinator.Inbox)).ShouldBeOfType<FromNode.CutOff>().Reason.ShouldNotBeEmpty();
        await SayAsync(ann, 2, 3);
        coordinator.Inbox.TryRead(out _).ShouldBeFalse();
        _network.BringUp();
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Announce());
        await coordinator.AcknowledgeAsync(1);
        var told = new List<FromNode>();
        await HearAsync(coordinator, 2, 3, told);
        if (told.Count == 0) told.Add(await ReadAsync(coordinator.Inbox));
        told.ShouldBe([new FromNode.Reconnected()]);
    }

    [Fact]
    public async Task AnotherProcessUnderItsNameEndsTheEarlierOneFirst()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var earlier = await _bench.JoinAsync(Ann, _network.Port);
        await SayAsync(earlier, 1, 1);
        _network.TakeDown();
        // Until the broker has seen the earlier one's end, the name is taken.
        await UntilAsync(() => !HasQueueAsync(Ann).GetAwaiter().GetResult());
        await using var later = await _bench.JoinAsync(Ann);
        await SayAsync(later, 2, 2);
        await HearAsync(coordinator, 1, 1);
        (await ReadAsync(coordinator.Inbox)).ShouldBeOfType<FromNode.Disconnected>();
        await coordinator.AcknowledgeAsync(1);
        await HearAsync(coordinator, 2, 2);
    }

    [Fact]
    public async Task ANodeEndsWhileTheBrokerIsAway()
    {
        var ann = await _bench.JoinAsync(Ann, _network.Port);
        _network.TakeDown();
        var sending = ann.SendAsync(Ended(1), CancellationToken.None).AsTask();
        await ann.DisposeAsync().AsTask().WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        await ann.Inbox.Completion.WaitAsync(Patience);
    }

    private async Task<bool> HasQueueAsync(NodeId node)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var asked = await Should.ThrowAsync<OperationInterruptedException>(
            () => channel.QueueDeclarePassiveAsync($"fsweep.{_bench.Options.Cluster}.node.{node}"));
        // Of one that is there it says to be another connection's.
        return asked.ShutdownReason!.ReplyCode != Constants.NotFound;
    }
}
