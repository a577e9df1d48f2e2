using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>Sends messages in their order, all that wait at a time, so that a transport that waits for its broker keeps nobody else from working.</summary>
internal sealed class Outbox
{
    private const int MostAtOnce = 64;

    private readonly Channel<ToCoordinator> _messages = Channel.CreateUnbounded<ToCoordinator>();
    private readonly Task _sending;

    /// <param name="failed">Told if a message can't be sent at all: none is from then on.</param>
    public Outbox(INodeTransport transport, Action<Exception> failed) => _sending = SendAllAsync(transport, failed);

    public bool IsWaiting => _messages.Reader.Count > 0;

    public void Send(ToCoordinator message) => _messages.Writer.TryWrite(message);

    /// <summary>Waits until all is sent, but no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> EndAsync(TimeSpan patience, TimeProvider clock)
    {
        _messages.Writer.TryComplete();
        try
        {
            await _sending.WaitAsync(patience, clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private List<ToCoordinator> Waiting()
    {
        var waiting = new List<ToCoordinator>();
        while (waiting.Count < MostAtOnce && _messages.Reader.TryRead(out var message)) waiting.Add(message);
        return waiting;
    }

    private async Task SendAllAsync(INodeTransport transport, Action<Exception> failed)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                // What follows at once, as a trial's end its last report, goes with it, or it would wait until the broker has written the first.
                await Task.Yield();
                await transport.SendAsync(Waiting(), CancellationToken.None).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The actor ends with it: a node that can't say anything is none.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failed(exception);
        }
    }
}
