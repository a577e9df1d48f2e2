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
        var thrown = new TaskCompletionSource();
        ExceptionHandling.SetUnhandledExceptionHandler(exception =>
        {
            if (HeartbeatFault.Is(exception)) thrown.TrySetResult();
            return HeartbeatFault.Is(exception);
        });
        // The longer the reader has, the surer it is first, however busy the machine is.
        for (var seconds = 1; seconds <= 16 && !thrown.Task.IsCompleted; seconds *= 2)
            await MissHeartbeatsAsync(TimeSpan.FromSeconds(seconds), thrown.Task);
        thrown.Task.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void NoOtherFaultIsTakenForIt()
    {
        HeartbeatFault.Is(new ChannelClosedException()).ShouldBeFalse();
        HeartbeatFault.Is(Should.Throw<ChannelClosedException>(() => throw new ChannelClosedException())).ShouldBeFalse();
        HeartbeatFault.Is(new InvalidOperationException()).ShouldBeFalse();
    }

    // The client's timer waits for those who are told of the loss, so it comes to the closing after the client's reader, which sees the end of the stream.
    private async Task MissHeartbeatsAsync(TimeSpan reading, Task thrown)
    {
        using var network = new RabbitMqRelay(broker.Port);
        await using var connection = await new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = network.Port,
            RequestedHeartbeat = TimeSpan.FromSeconds(1),
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();
        var told = new TaskCompletionSource();
        connection.ConnectionShutdownAsync += async (_, _) =>
        {
            network.Cut();
            await Task.Delay(reading);
            told.TrySetResult();
        };
        network.Hold();
        await told.Task.WaitAsync(RabbitMqBench.Patience);
        // On a connection that is disposed of, the timer would notice that.
        await Task.WhenAny(thrown, Task.Delay(reading));
    }
}
