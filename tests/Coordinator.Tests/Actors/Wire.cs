using System.Threading.Channels;
using FashionSweep.Coordinator.Tests.Machine;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;

namespace FashionSweep.Coordinator.Tests.Actors;

/// <summary>A transport whose nodes are the test itself.</summary>
internal sealed class Wire(Action<NodeId, ToNode> onSent, Action<int> onAcknowledged) : ICoordinatorTransport
{
    private readonly Channel<FromNode> _inbox = Channel.CreateUnbounded<FromNode>();
    private readonly Channel<(NodeId Node, ToNode Message)> _sent = Channel.CreateUnbounded<(NodeId, ToNode)>();

    public ChannelReader<FromNode> Inbox => _inbox.Reader;

    public void Join(string node, int slots = 1) => Say(node, new ToCoordinator.NodeJoined(SweepBench.Node(node, slots), []));

    public void Say(string node, ToCoordinator message) => Deliver(new FromNode.Said(new NodeId(node), message));

    public void Deliver(FromNode message) => _inbox.Writer.TryWrite(message);

    public void Break(Exception fault) => _inbox.Writer.TryComplete(fault);

    public async Task<T> NextAsync<T>() where T : ToNode
    {
        while (true)
            if ((await _sent.Reader.ReadAsync()).Message is T wanted) return wanted;
    }

    public ValueTask SendAsync(NodeId node, ToNode message, CancellationToken cancel)
    {
        onSent(node, message);
        _sent.Writer.TryWrite((node, message));
        return ValueTask.CompletedTask;
    }

    public ValueTask AcknowledgeAsync(int count)
    {
        onAcknowledged(count);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
