using System.Threading.Channels;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>A node's end of a <see cref="PipeCoordinatorTransport"/>. It owns both streams; disposing of it writes what is queued first.</summary>
public sealed class PipeNodeTransport : INodeTransport
{
    private readonly Channel<ToNode> _inbox = Channel.CreateUnbounded<ToNode>();
    private readonly LineConnection _connection;

    public PipeNodeTransport(Stream fromCoordinator, Stream toCoordinator)
    {
        _connection = new LineConnection(fromCoordinator, toCoordinator);
        _connection.Start("coordinator", line => _inbox.Writer.TryWrite(WireFormat.DecodeToNode(line)), broken => _inbox.Writer.TryComplete());
    }

    public ChannelReader<ToNode> Inbox => _inbox.Reader;

    public ValueTask SendAsync(ToCoordinator message, CancellationToken cancel)
    {
        _connection.Send(WireFormat.Encode(message));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _inbox.Writer.TryComplete();
    }
}
