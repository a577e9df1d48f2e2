using System.Text;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Trials;
using RabbitMQ.Client;

namespace FashionSweep.Cluster.Tests;

/// <summary>Anyone who may use the broker can put anything into the coordinator's queue.</summary>
[Collection(BrokerTests.Name)]
public sealed class BadMessageTests(RabbitMqBroker broker) : IDisposable
{
    private const int Huge = 60 << 20;

    private readonly LiveCluster _cluster = new(broker);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task WhatIsNoMessageIsSetAsideAndTheSweepGoesOn()
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 10));
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        _cluster.Submit(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);

        await PublishAsync(Encoding.UTF8.GetBytes("garbage"), "Message");
        await PublishAsync([], "Message");
        await PublishAsync(new byte[Huge], "Message");
        await PublishAsync(Encoding.UTF8.GetBytes("""{"v":99,"message":{"type":"node_alive"}}"""), "Message");
        await PublishAsync(WireFormat.Encode(Forged(node: "stranger")), "Message");
        await PublishAsync(WireFormat.Encode(Forged(node: "a")), "of no kind");
        await PublishAsync([], "ConnectionLost");

        await _cluster.Coordinator.SaysAsync("refused 1 messages up to now, the last: ");
        await _cluster.Coordinator.SaysAsync("node intruder speaks protocol 99");
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(new TrialId("one", 1))).ShouldHaveSingleItem();
        _cluster.Coordinator.ExitCodes.ShouldBeEmpty();
        node.ExitCodes.ShouldBeEmpty();
    }

    // A result that nobody has worked for.
    private static ToCoordinator.TrialEnded Forged(string node) =>
        new(new Lease(new TrialId("one", 1), new NodeId(node), 1), new TrialOutcome.Diverged(1, 1, "forged"));

    private async Task PublishAsync(byte[] body, string type)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties { Type = type, AppId = "intruder", CorrelationId = "intruder", MessageId = "1.1" };
        await channel.BasicPublishAsync("", $"fsweep.{_cluster.Name}.coordinator", mandatory: true, properties, body);
    }
}
