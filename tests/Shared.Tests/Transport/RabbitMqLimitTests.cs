using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Shared.Trials;
using RabbitMQ.Client;
using static FashionSweep.Shared.Tests.Transport.RabbitMqBench;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>What is no message, too large, too much, or one too many.</summary>
[Collection(BrokerTests.Name)]
public sealed class RabbitMqLimitTests(RabbitMqBroker broker) : IAsyncLifetime
{
    private readonly RabbitMqBench _bench = new(broker);

    private string Prefix => $"fsweep.{_bench.Options.Cluster}";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GarbageIsPutAsideAndCounted()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        await PostAsync($"{Prefix}.coordinator", "Hello!"u8.ToArray(), Stamped(1));
        await PostAsync($"{Prefix}.coordinator", "{\"v\":9,\"message\":{}}"u8.ToArray(), Stamped(2));
        await PostAsync($"{Prefix}.coordinator", WireFormat.Encode(Ended(7)), new BasicProperties());
        await PostAsync($"{Prefix}.coordinator", new byte[WireFormat.MaximumBytes + 1], Stamped(3));
        await SayAsync(ann, 8, 8);
        await HearAsync(coordinator, 8, 8);
        coordinator.Refused.ShouldBe(4);
        string.Concat(_bench.Log).ShouldContain("Not a message of this protocol");
        await UntilAsync(() => CountAsync($"{Prefix}.refused").GetAwaiter().GetResult() == 4);
    }

    [Fact]
    public async Task ANodeOfAnotherVersionIsToldAndNamed()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        for (var sequence = 1; sequence <= 5; sequence++)
            await PostAsync($"{Prefix}.coordinator", "{\"v\":9,\"message\":{\"type\":\"from_the_future\"}}"u8.ToArray(), new BasicProperties { AppId = "ann" });
        var refusal = (await Should.ThrowAsync<RefusedException>(() => ann.Inbox.Completion.WaitAsync(Patience))).Message;
        refusal.ShouldBe(
            $"the coordinator of cluster {_bench.Options.Cluster} speaks protocol 1 (fsweep {Release.Version}), "
                + $"this node speaks 1 (fsweep {Release.Version}): install the same fsweep on both");
        await UntilAsync(() => coordinator.Refused == 5);
        _bench.Log.Where(line => line.StartsWith("node ", StringComparison.Ordinal)).ShouldBe(
            [$"node ann speaks protocol 9, this coordinator protocol 1 (fsweep {Release.Version}): install the same fsweep on both"]);
    }

    [Fact]
    public async Task SixtyMegabytesAreSurvived()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        await PostAsync($"{Prefix}.coordinator", new byte[60 << 20], Stamped(1));
        await PostAsync($"{Prefix}.node.ann", new byte[60 << 20], new BasicProperties { Type = "Order" });
        await SayAsync(ann, 1, 1);
        await HearAsync(coordinator, 1, 1);
        await coordinator.SendAsync(Ann, new ToNode.StopTrial(LeaseOf(1)), CancellationToken.None);
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.StopTrial(LeaseOf(1)));
        (coordinator.Refused, ann.Refused).ShouldBe((1, 1));
    }

    [Fact]
    public async Task GarbageToANodeDoesNotStopIt()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        await PostAsync($"{Prefix}.node.ann", "Hello!"u8.ToArray(), new BasicProperties { Type = "Order" });
        await PostAsync($"{Prefix}.node.ann", [], new BasicProperties());
        await coordinator.SendAsync(Ann, new ToNode.Leave(), CancellationToken.None);
        (await ReadAsync(ann.Inbox)).ShouldBe(new ToNode.Leave());
        ann.Refused.ShouldBe(2);
    }

    [Fact]
    public async Task AMessageAboveTheLimitIsRefusedByItsSender()
    {
        await using var ann = await _bench.JoinAsync(Ann);
        var large = new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Failed(new string('x', WireFormat.MaximumBytes)));
        (await Should.ThrowAsync<WireException>(async () => await ann.SendAsync(large, CancellationToken.None))).Message.ShouldContain("1048576");
        await SayAsync(ann, 2, 2);
    }

    [Fact]
    public async Task WhatIsOpenIsBounded()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        await using var ann = await _bench.JoinAsync(Ann);
        await SayAsync(ann, 1, 1000);
        for (var attempt = 1; attempt <= 512; attempt++) AttemptOf(await ReadAsync(coordinator.Inbox)).ShouldBe(attempt);
        (await CountAsync($"{Prefix}.coordinator")).ShouldBe(488u);
        coordinator.Inbox.TryRead(out _).ShouldBeFalse();
        await coordinator.AcknowledgeAsync(512);
        await HearAsync(coordinator, 513, 1000);
    }

    [Fact]
    public async Task AFullQueueSlowsItsSendersDown()
    {
        var pattern = Prefix.Replace(".", "\\.", StringComparison.Ordinal);
        await broker.RunAsync("set_policy", "full", $"^{pattern}\\.coordinator$", "{\"max-length\":20}", "--apply-to", "queues");
        await using var ann = await _bench.JoinAsync(Ann);
        var saying = SayAsync(ann, 1, 60);
        await UntilAsync(() => CountAsync($"{Prefix}.coordinator").GetAwaiter().GetResult() >= 20);
        saying.IsCompleted.ShouldBeFalse();
        await using var coordinator = await _bench.CoordinateAsync();
        await HearAsync(coordinator, 1, 60);
        await saying;
    }

    [Fact]
    public async Task AClusterHasOneCoordinator()
    {
        await using var coordinator = await _bench.CoordinateAsync();
        (await Should.ThrowAsync<BrokerException>(() => _bench.CoordinateAsync())).Message.ShouldContain("has a coordinator");
        await using var ann = await _bench.JoinAsync(Ann);
        await SayAsync(ann, 1, 1);
        await HearAsync(coordinator, 1, 1);
    }

    [Fact]
    public async Task ANameThatIsTooLongIsRefused()
    {
        var tooLong = new NodeId(new string('n', 129));
        (await Should.ThrowAsync<BrokerException>(() => _bench.JoinAsync(tooLong))).Message.ShouldContain("129 bytes");
    }

    private static BasicProperties Stamped(int sequence) => new() { Type = "Message", AppId = "eve", CorrelationId = "eve's", MessageId = $"1.{sequence}" };

    private async Task PostAsync(string queue, byte[] body, BasicProperties properties)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
    }

    private async Task<uint> CountAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }
}
