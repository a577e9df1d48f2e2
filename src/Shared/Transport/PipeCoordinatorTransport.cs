using System.Collections.Concurrent;
using System.Threading.Channels;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>Speaks <see cref="WireFormat"/> with each node over its two byte streams, such as a child process's output and input.</summary>
public sealed class PipeCoordinatorTransport : ICoordinatorTransport
{
    private readonly Channel<FromNode> _inbox = Channel.CreateUnbounded<FromNode>();
    private readonly ConcurrentDictionary<NodeId, LineConnection> _nodes = new();

    public ChannelReader<FromNode> Inbox => _inbox.Reader;

    /// <summary>Takes the streams over and reads until their end. The name is free again after <see cref="FromNode.Disconnected"/>.</summary>
    /// <param name="reasonOfEnd">Asked once when the stream has ended, on a thread that it may block: only the owner of a process knows how it ended.</param>
    /// <exception cref="InvalidOperationException">A node of that name is attached.</exception>
    public void Attach(NodeId node, Stream fromNode, Stream toNode, Func<string>? reasonOfEnd = null)
    {
        var connection = new LineConnection(fromNode, toNode);
        if (!_nodes.TryAdd(node, connection)) throw new InvalidOperationException($"Node {node} is attached already.");
        connection.Start(
            node.Name,
            line => _inbox.Writer.TryWrite(new FromNode.Said(node, WireFormat.DecodeToCoordinator(line))),
            broken => End(node, connection, () => broken ?? reasonOfEnd?.Invoke() ?? "The node has closed its end."));
    }

    public ValueTask SendAsync(NodeId node, ToNode message, CancellationToken cancel)
    {
        if (_nodes.TryGetValue(node, out var connection)) connection.Send(WireFormat.Encode(message));
        return ValueTask.CompletedTask;
    }

    public ValueTask AcknowledgeAsync(int count) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _inbox.Writer.TryComplete();
        await Task.WhenAll(_nodes.Values.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    // A node whose lines are garbage is cut off: it sees the end of its input and ends.
    private void End(NodeId node, LineConnection connection, Func<string> reason)
    {
        _nodes.TryRemove(node, out _);
        _ = connection.DisposeAsync().AsTask();
        _inbox.Writer.TryWrite(new FromNode.Disconnected(node, reason()));
    }
}
