using System.Collections.Concurrent;
using System.Threading.Channels;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>Coordinator and nodes in one process: messages go by reference through channels.</summary>
public sealed class ChannelTransport : ICoordinatorTransport
{
    private readonly Channel<FromNode> _inbox = Channel.CreateUnbounded<FromNode>();
    private readonly ConcurrentDictionary<NodeId, NodeEnd> _nodes = new();

    public ChannelReader<FromNode> Inbox => _inbox.Reader;

    /// <summary>A node's end. Disposing of it is the end of the connection; the name is free again after <see cref="FromNode.Disconnected"/>.</summary>
    /// <exception cref="InvalidOperationException">A node of that name is connected.</exception>
    public INodeTransport Connect(NodeId node)
    {
        var end = new NodeEnd(this, node);
        if (!_nodes.TryAdd(node, end)) throw new InvalidOperationException($"Node {node} is connected already.");
        return end;
    }

    public ValueTask SendAsync(NodeId node, ToNode message, CancellationToken cancel)
    {
        if (_nodes.TryGetValue(node, out var end)) end.Deliver(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask AcknowledgeAsync(int count) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _inbox.Writer.TryComplete();
        foreach (var node in _nodes.Values) node.Close();
        return ValueTask.CompletedTask;
    }

    private sealed class NodeEnd(ChannelTransport coordinator, NodeId node) : INodeTransport
    {
        private readonly Channel<ToNode> _orders = Channel.CreateUnbounded<ToNode>();
        private readonly Lock _ending = new();
        private bool _ended;

        public ChannelReader<ToNode> Inbox => _orders.Reader;

        public void Deliver(ToNode message) => _orders.Writer.TryWrite(message);

        public ValueTask SendAsync(ToCoordinator message, CancellationToken cancel)
        {
            // Under the lock: nothing may come after the news that the connection is gone.
            lock (_ending)
            {
                if (!_ended) coordinator._inbox.Writer.TryWrite(new FromNode.Said(node, message));
            }
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Close();
            return ValueTask.CompletedTask;
        }

        public void Close()
        {
            lock (_ending)
            {
                if (_ended) return;
                _ended = true;
                coordinator._nodes.TryRemove(node, out _);
                _orders.Writer.TryComplete();
                coordinator._inbox.Writer.TryWrite(new FromNode.Disconnected(node, "The node has left.", HasLeft: true));
            }
        }
    }
}
