using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>As while the broker is away: takes no message before it is released.</summary>
internal sealed class StuckTransport : INodeTransport
{
    private readonly Channel<ToNode> _inbox = Channel.CreateUnbounded<ToNode>();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelReader<ToNode> Inbox => _inbox.Reader;

    public ChannelWriter<ToNode> Orders => _inbox.Writer;

    /// <summary>Once it was given a message.</summary>
    public Task Asked => _asked.Task;

    public void Release() => _released.TrySetResult();

    /// <summary>How many it was given at a time.</summary>
    public List<int> Sendings { get; } = [];

    public ValueTask SendAsync(ToCoordinator message, CancellationToken cancel) => SendAsync([message], cancel);

    public async ValueTask SendAsync(IReadOnlyList<ToCoordinator> messages, CancellationToken cancel)
    {
        Sendings.Add(messages.Count);
        _asked.TrySetResult();
        await _released.Task;
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }
}
