using System.Globalization;
using System.Numerics;
using System.Text;
using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// The coordinator's end of a broker. What nodes say stays there until it is acknowledged, also without a coordinator. An order is not kept: where one may have
/// been lost, by the end of a connection or of an earlier coordinator, all nodes are asked to announce themselves.
/// </summary>
public sealed class RabbitMqCoordinatorTransport : ICoordinatorTransport
{
    // What may be open at a time, in memory here and with the broker: two batches of the coordinator's store.
    private const int Prefetch = 512;

    // Each is named once; whoever makes names up is not followed for ever.
    private const int MostDismissed = 1000;

    private readonly Channel<FromNode> _inbox = Channel.CreateUnbounded<FromNode>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DeliveryLedger<Delivery> _ledger = new();
    private readonly Lock _receiving = new();
    private readonly HashSet<(NodeId Node, int Version)> _dismissed = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Topology _topology;
    private readonly string _cluster;
    private readonly Action<string> _log;

    // Two connections: a broker that is short of memory stops reading those that publish, and acknowledgements must go on.
    private readonly BrokerLink _deliveries;
    private readonly BrokerLink _orders;
    private Task _watching = Task.CompletedTask;
    private long _refused;
    private long _repeated;

    private RabbitMqCoordinatorTransport(RabbitMqOptions options, Action<string> log)
    {
        (_log, _topology, _cluster) = (log, new Topology(options.Cluster), options.Cluster);
        _deliveries = new BrokerLink(options, $"fsweep coordinator {options.Cluster}", SetUpDeliveriesAsync, what => log($"news from nodes: {what}"))
        {
            OnLost = reason => Tell(new FromNode.CutOff(reason)),
            OnBack = () => Tell(new FromNode.Reconnected()),
        };
        _orders = new BrokerLink(options, $"fsweep coordinator {options.Cluster} orders", SetUpOrdersAsync, what => log($"orders to nodes: {what}"));
    }

    public ChannelReader<FromNode> Inbox => _inbox.Reader;

    /// <summary>Whether the broker can be heard and spoken to now.</summary>
    public bool IsConnected => _deliveries.Channel is not null && _orders.Channel is not null;

    /// <summary>How much came that was no message of this protocol; the broker keeps the newest of it in the queue <c>fsweep.CLUSTER.refused</c>.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How much came again, or after its connection's end, and was dropped.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <param name="log">Told of each loss of a connection and each return, and of what is refused; from any thread.</param>
    /// <exception cref="BrokerException">The broker can't be used, or the cluster has a coordinator.</exception>
    public static async Task<RabbitMqCoordinatorTransport> ConnectAsync(RabbitMqOptions options, Action<string> log, CancellationToken cancel)
    {
        var transport = new RabbitMqCoordinatorTransport(options, log);
        try
        {
            await transport._deliveries.OpenAsync(cancel).ConfigureAwait(false);
            await transport._orders.OpenAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await transport._deliveries.DisposeAsync().ConfigureAwait(false);
            if (exception.InnerException is OperationInterruptedException { ShutdownReason.ReplyCode: Constants.ResourceLocked })
                throw new BrokerException(
                    $"Cluster {options.Cluster} has a coordinator at this broker already. "
                    + "Wait until it ends, or give another --cluster to this one and its nodes.",
                    exception);
            throw;
        }
        transport._watching = transport.WatchAsync();
        return transport;
    }

    public ValueTask SendAsync(NodeId node, ToNode message, CancellationToken cancel) => SendAsync([(node, message)], cancel);

    /// <inheritdoc/>
    public async ValueTask SendAsync(IReadOnlyList<(NodeId Node, ToNode Message)> messages, CancellationToken cancel)
    {
        foreach (var orders in messages.GroupBy(order => order.Node, order => order.Message))
            foreach (var body in Packing.Pack(orders, WireFormat.Encode))
                await PublishAsync("", _topology.QueueOf(orders.Key), mandatory: false, new BasicProperties { Type = OrderKind.Order }, body, cancel)
                    .ConfigureAwait(false);
    }

    public async ValueTask AcknowledgeAsync(int count)
    {
        IReadOnlyList<Acknowledgement> acknowledgements;
        lock (_receiving) acknowledgements = Acknowledgement.Of(_ledger.Acknowledge(count), _ledger.Open);
        foreach (var acknowledgement in acknowledgements) await AcknowledgeAsync(acknowledgement).ConfigureAwait(false);
    }

    /// <summary>Ends without a word to the nodes: they work on, and what they say waits for the next coordinator.</summary>
    public ValueTask HandOverAsync() => EndAsync(last: null);

    /// <summary>Tells the nodes that nobody follows: their inboxes complete.</summary>
    public ValueTask DisposeAsync() => EndAsync(OrderKind.Ended);

    private async ValueTask EndAsync(string? last)
    {
        if (_ending.IsCancellationRequested) return;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        if (last is not null)
            await PublishAsync(_topology.AllNodes, "", mandatory: false, new BasicProperties { Type = last }, default, CancellationToken.None)
                .ConfigureAwait(false);
        await _orders.DisposeAsync().ConfigureAwait(false);
        await _deliveries.DisposeAsync().ConfigureAwait(false);
        lock (_receiving) _inbox.Writer.TryComplete();
    }

    private async Task<IChannel> SetUpDeliveriesAsync(IConnection connection, CancellationToken cancel)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancel).ConfigureAwait(false);
        await _topology.LockAsync(channel, cancel).ConfigureAwait(false);
        await _topology.DeclareAsync(channel, cancel).ConfigureAwait(false);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancel).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => ReceiveAsync(channel, delivery);
        consumer.UnregisteredAsync += (_, _) =>
        {
            _deliveries.Renew(channel, "the coordinator's queue is gone");
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(_topology.Inbox, autoAck: false, consumer, cancel).ConfigureAwait(false);
        return channel;
    }

    private async Task<IChannel> SetUpOrdersAsync(IConnection connection, CancellationToken cancel)
    {
        // Confirmed, so that it reaches those that are there now, and none that come later.
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var once = await connection.CreateChannelAsync(confirmed, cancel).ConfigureAwait(false);
        await using (once.ConfigureAwait(false))
            await once.BasicPublishAsync(
                _topology.AllNodes, "", false, new BasicProperties { Type = OrderKind.Order }, WireFormat.Encode(new ToNode.Announce()), cancel)
                .ConfigureAwait(false);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancel).ConfigureAwait(false);
        var watch = new NodeWatch();
        channel.BasicReturnAsync += (_, returned) => HearReturnedAsync(watch, returned);
        return channel;
    }

    private void Tell(FromNode ofOurselves)
    {
        lock (_receiving)
        {
            _ledger.Pass();
            _inbox.Writer.TryWrite(ofOurselves);
        }
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        var place = new Delivery(channel, delivery.DeliveryTag);
        var why = Refusal.Of(() => Read(delivery), out var read);
        if (why is not null)
        {
            await RefuseAsync(place, delivery.BasicProperties.AppId, why).ConfigureAwait(false);
            return;
        }
        bool isDone;
        lock (_receiving)
        {
            (var told, isDone) = _ledger.Receive(read.Stamp, read.Messages, place);
            foreach (var message in told) _inbox.Writer.TryWrite(message);
        }
        if (!isDone) return;
        Interlocked.Increment(ref _repeated);
        await AcknowledgeAsync(new Acknowledgement(place, AllBefore: false)).ConfigureAwait(false);
    }

    private static Received Read(BasicDeliverEventArgs delivery)
    {
        // Before the stamp: a node of another version may well stamp in another way.
        List<ToCoordinator> messages = delivery.Body.IsEmpty ? [] : Packing.Unpack(delivery.Body.Span, WireFormat.DecodeToCoordinator);
        var stamp = Stamp.Read(delivery.BasicProperties);
        return stamp.Kind != StampKind.Message || messages.Count > 0 ? new Received(stamp, messages) : throw new WireException("A message is empty.");
    }

    private async Task RefuseAsync(Delivery delivery, string? sender, Exception why)
    {
        var refused = Interlocked.Increment(ref _refused);
        if (why is WireException { OtherVersion: { } version } && Topology.IsName(sender))
            await DismissAsync(new NodeId(sender!), version).ConfigureAwait(false);
        // A flood of them must not become a flood of lines.
        else if (BitOperations.IsPow2(refused)) _log($"refused {refused} messages up to now, the last: {why.Message}");
        try
        {
            await delivery.Channel.BasicRejectAsync(delivery.Tag, requeue: false).ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception))
        {
            // It comes again, and is refused again.
        }
    }

    private async Task DismissAsync(NodeId node, int version)
    {
        var ours = $"protocol {WireFormat.Version} (fsweep {Release.Version})";
        if (_dismissed.Count < MostDismissed && _dismissed.Add((node, version)))
            _log($"node {node} speaks protocol {version}, this coordinator {ours}: install the same fsweep on both");
        var text = Encoding.UTF8.GetBytes($"the coordinator of cluster {_cluster} speaks {ours}");
        await PublishAsync("", _topology.QueueOf(node), mandatory: false, new BasicProperties { Type = OrderKind.OtherVersion }, text, CancellationToken.None)
            .ConfigureAwait(false);
    }

    private static async Task AcknowledgeAsync(Acknowledgement acknowledgement)
    {
        try
        {
            var ((channel, tag), allBefore) = acknowledgement;
            await channel.BasicAckAsync(tag, allBefore).ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception))
        {
            // It comes again, and is known then.
        }
    }

    // Not awaited until the broker has it: if that is lost the nodes announce themselves anew, and what they don't hold is ordered again.
    private async ValueTask PublishAsync(
        string exchange, string queue, bool mandatory, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (_orders.Channel is not { } channel) return;
        try
        {
            await channel.BasicPublishAsync(exchange, queue, mandatory, properties, body, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception) && !cancel.IsCancellationRequested)
        {
            _orders.Renew(channel, exception.Message);
        }
    }

    private async Task WatchAsync()
    {
        using var pace = new PeriodicTimer(NodeWatch.Round);
        var (round, channel) = (0L, _orders.Channel);
        try
        {
            while (await pace.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
            {
                if (_orders.Channel != channel) (round, channel) = (0, _orders.Channel);
                round++;
                await PingAsync(round).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task PingAsync(long round)
    {
        Stamp[] present;
        lock (_receiving) present = [.. _ledger.Present];
        foreach (var stamp in present)
        {
            // The stamp goes with it and comes back with it: it says which connection was asked for.
            var ping = stamp.ToProperties();
            (ping.Type, ping.Persistent, ping.Expiration) = (OrderKind.Ping, false, "5000");
            ping.ReplyTo = round.ToString(CultureInfo.InvariantCulture);
            await PublishAsync("", _topology.QueueOf(stamp.Node), mandatory: true, ping, default, _ending.Token).ConfigureAwait(false);
        }
    }

    private async Task HearReturnedAsync(NodeWatch watch, BasicReturnEventArgs returned)
    {
        if (returned.BasicProperties is not { Type: OrderKind.Ping, ReplyTo: { } round } properties) return;
        if (!watch.Returned(new NodeId(properties.AppId!), long.Parse(round, CultureInfo.InvariantCulture))) return;
        var lost = new BasicProperties(properties) { Type = nameof(StampKind.ConnectionLost), Persistent = true, ReplyTo = null, Expiration = null };
        await PublishAsync("", _topology.Inbox, mandatory: false, lost, default, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed record Received(Stamp Stamp, IReadOnlyList<ToCoordinator> Messages);
}
