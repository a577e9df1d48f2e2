using System.Text;
using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// A node's end of a broker. When the connection was lost it comes back by itself and puts <see cref="ToNode.Announce"/> into the inbox: orders may have been
/// lost meanwhile. The inbox completes when the coordinator has ended, and refuses when it speaks another version or another process has taken the node's name;
/// a coordinator that died is waited for.
/// </summary>
public sealed class RabbitMqNodeTransport : INodeTransport
{
    // What is not read stays in the broker, from here on.
    private const int InboxCapacity = 256;
    private const int LongestText = 1000;

    // The broker may hold the name for a connection that it does not know to be dead yet.
    private static readonly TimeSpan GhostPatience = TimeSpan.FromSeconds(30);
    // A broker that is there but busy gets more time for them than one that is away.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LastWordsToNobody = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<ToNode> _inbox = Channel.CreateBounded<ToNode>(InboxCapacity);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly NodeId _node;
    private readonly Topology _topology;
    private readonly BrokerLink _link;
    private long _connection;
    private long _sequence;
    private long _refused;
    private long _lockedSince;
    private volatile bool _isLeaving;
    private volatile bool _hasHeard;

    private RabbitMqNodeTransport(RabbitMqOptions options, NodeId node, Action<string> log)
    {
        (_node, _topology) = (node, new Topology(options.Cluster));
        _link = new BrokerLink(options, $"fsweep node {node}", SetUpAsync, log)
        {
            GivesUp = IsTaken,
            OnGivenUp = why => Refuse($"another process has taken the name {node} in cluster {options.Cluster}: give this one another --name ({why})"),
        };
    }

    public ChannelReader<ToNode> Inbox => _inbox.Reader;

    /// <summary>Whether anything has come: a coordinator that is there pings its nodes several times a second.</summary>
    public bool HasHeard => _hasHeard;

    /// <summary>How much came that was no message of this protocol.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <param name="log">Told of each loss of the connection and each return, from any thread.</param>
    /// <exception cref="BrokerException">The broker can't be used, or a node of this name is connected.</exception>
    public static async Task<RabbitMqNodeTransport> ConnectAsync(RabbitMqOptions options, NodeId node, Action<string> log, CancellationToken cancel)
    {
        Topology.Check(node);
        var transport = new RabbitMqNodeTransport(options, node, log);
        try
        {
            await transport._link.OpenAsync(cancel).ConfigureAwait(false);
        }
        catch (BrokerException exception) when (IsLocked(exception.InnerException))
        {
            throw new BrokerException($"A node named {node} is connected to cluster {options.Cluster} already: give this one another --name.", exception);
        }
        return transport;
    }

    /// <summary>
    /// Returns when the broker has the message on its disk, however long that takes; after the end it does nothing. Whoever must end meanwhile disposes of the
    /// transport.
    /// </summary>
    /// <exception cref="WireException">The message is too large.</exception>
    public ValueTask SendAsync(ToCoordinator message, CancellationToken cancel) => new(PostAsync(StampKind.Message, WireFormat.Encode(message), cancel));

    /// <inheritdoc/>
    public async ValueTask SendAsync(IReadOnlyList<ToCoordinator> messages, CancellationToken cancel)
    {
        foreach (var body in Packing.Pack(messages, WireFormat.Encode)) await PostAsync(StampKind.Message, body, cancel).ConfigureAwait(false);
    }

    /// <summary>Says what is being said, as far as the broker takes it, and that this was all.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isLeaving) return;
        using var patience = new CancellationTokenSource(LastWords);
        try
        {
            var saying = PostAsync(StampKind.Left, default, patience.Token);
            await Task.WhenAny(saying, Task.Delay(LastWordsToNobody, patience.Token)).ConfigureAwait(false);
            if (_link.Channel is null) await patience.CancelAsync().ConfigureAwait(false);
            await saying.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // No broker: the coordinator learns of it as of any loss.
        }
        _isLeaving = true;
        _inbox.Writer.TryComplete();
        await _link.DisposeAsync().ConfigureAwait(false);
    }

    // One at a time: so they come in their order, and only the last can come twice.
    private async Task PostAsync(StampKind kind, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_isLeaving) return;
            _isLeaving = kind == StampKind.Left;
            _sequence++;
            while (!_link.HasEnded && !await TryPostAsync(kind, body, cancel).ConfigureAwait(false)) cancel.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (_link.HasEnded)
        {
            // As after the end.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> TryPostAsync(StampKind kind, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var channel = await _link.ChannelAsync(cancel).ConfigureAwait(false);
        var stamp = new Stamp(kind, _node, _session, _connection, _sequence);
        try
        {
            // The name is free before anyone can hear that this node has left.
            if (kind == StampKind.Left) await channel.QueueDeleteAsync(_topology.QueueOf(_node), cancellationToken: cancel).ConfigureAwait(false);
            await channel.BasicPublishAsync("", _topology.Inbox, mandatory: true, stamp.ToProperties(), body, cancel).ConfigureAwait(false);
            return true;
        }
        catch (PublishException exception)
        {
            if (exception.IsReturn) _link.Renew(channel, "the coordinator's queue is missing");
            // Full: it waits until the coordinator has taken some.
            await Task.Delay(FullPause, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception) && !cancel.IsCancellationRequested)
        {
            // A channel that only this operation found broken is given up as well.
            _link.Renew(channel, exception.Message);
        }
        return false;
    }

    private async Task<IChannel> SetUpAsync(IConnection connection, CancellationToken cancel)
    {
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var channel = await connection.CreateChannelAsync(confirmed, cancel).ConfigureAwait(false);
        await _topology.DeclareAsync(channel, cancel).ConfigureAwait(false);
        await _topology.DeclareNodeAsync(_node, channel, cancel).ConfigureAwait(false);
        _lockedSince = 0;
        if (++_connection > 1) await AnnounceAsync(cancel).ConfigureAwait(false);
        await channel.BasicQosAsync(0, InboxCapacity, global: false, cancel).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => ReceiveAsync(channel, delivery);
        consumer.UnregisteredAsync += (_, _) => LoseQueueAsync(channel);
        await channel.BasicConsumeAsync(_topology.QueueOf(_node), autoAck: false, consumer, cancel).ConfigureAwait(false);
        return channel;
    }

    // After the inbox is complete there is nobody to ask.
    private async Task AnnounceAsync(CancellationToken cancel)
    {
        while (await _inbox.Writer.WaitToWriteAsync(cancel).ConfigureAwait(false))
            if (_inbox.Writer.TryWrite(new ToNode.Announce())) return;
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        try
        {
            if (await TakeAsync(delivery).ConfigureAwait(false)) await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false).ConfigureAwait(false);
            else await channel.BasicRejectAsync(delivery.DeliveryTag, requeue: false).ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception) || exception is ChannelClosedException)
        {
            // The queue has gone with the connection, or nobody reads any more.
        }
    }

    private async Task<bool> TakeAsync(BasicDeliverEventArgs delivery)
    {
        _hasHeard = true;
        switch (delivery.BasicProperties.Type)
        {
            case OrderKind.Ping:
                return true;
            case OrderKind.Ended:
                _inbox.Writer.TryComplete();
                return true;
            case OrderKind.OtherVersion:
                var theirs = Encoding.UTF8.GetString(delivery.Body.Span[..Math.Min(delivery.Body.Length, LongestText)]);
                Refuse($"{theirs}, this node speaks {WireFormat.Version} (fsweep {Release.Version}): install the same fsweep on both");
                return true;
            case OrderKind.Order when Refusal.Of(() => Packing.Unpack(delivery.Body.Span, WireFormat.DecodeToNode), out var orders) is null:
                foreach (var order in orders) await _inbox.Writer.WriteAsync(order).ConfigureAwait(false);
                return true;
            default:
                Interlocked.Increment(ref _refused);
                return false;
        }
    }

    private Task LoseQueueAsync(IChannel channel)
    {
        if (!_isLeaving) _link.Renew(channel, "the node's queue is gone");
        return Task.CompletedTask;
    }

    private bool IsTaken(Exception exception)
    {
        if (!IsLocked(exception)) _lockedSince = 0;
        else if (_lockedSince == 0) _lockedSince = TimeProvider.System.GetTimestamp();
        return _lockedSince != 0 && TimeProvider.System.GetElapsedTime(_lockedSince) > GhostPatience;
    }

    private void Refuse(string why) => _inbox.Writer.TryComplete(new RefusedException(why));

    private static bool IsLocked(Exception? exception) =>
        exception is OperationInterruptedException { ShutdownReason.ReplyCode: Constants.ResourceLocked };
}
