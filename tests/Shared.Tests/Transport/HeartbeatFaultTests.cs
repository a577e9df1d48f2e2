using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using FashionSweep.Shared.Transport.RabbitMq;
using RabbitMQ.Client;

namespace FashionSweep.Shared.Tests.Transport;

[Collection(BrokerTests.Name)]
public sealed class HeartbeatFaultTests(RabbitMqBroker broker)
{
    [Fact]
    public async Task AConnectionThatEndsWhileItsHeartbeatIsMissedEndsNoProcess()
    {
        var thrown = new TaskCompletionSource<Exception>();
        ExceptionHandling.SetUnhandledExceptionHandler(exception => HeartbeatFault.Is(exception) && thrown.TrySetResult(exception));
        using var network = new RabbitMqRelay(broker.Port);
        await using var connection = await new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = network.Port,
            RequestedHeartbeat = TimeSpan.FromSeconds(1),
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();
        // The client's timer waits for those who are told, so it comes to the closing after the client's reader, which sees the end of the stream.
        connection.ConnectionShutdownAsync += async (_, _) =>
        {
            network.Cut();
            await Task.Delay(TimeSpan.FromSeconds(1));
        };
        network.Hold();
        await thrown.Task.WaitAsync(RabbitMqBench.Patience);
    }

    [Fact]
    public void NoOtherFaultIsTakenForIt()
    {
        HeartbeatFault.Is(new ChannelClosedException()).ShouldBeFalse();
        HeartbeatFault.Is(Should.Throw<ChannelClosedException>(() => throw new ChannelClosedException())).ShouldBeFalse();
        HeartbeatFault.Is(new InvalidOperationException()).ShouldBeFalse();
    }
}
