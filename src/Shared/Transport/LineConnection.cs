using System.Threading.Channels;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>
/// Lines over two byte streams, which it owns. A thread of its own reads, since reading a pipe blocks; one task writes what was queued, so lines never
/// interleave and nobody waits for a peer that doesn't read.
/// </summary>
internal sealed class LineConnection : IAsyncDisposable
{
    // A peer that reads gets everything within this; one that hangs is not waited for.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public LineConnection(Stream input, Stream output)
    {
        _input = input;
        _output = output;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Reads from now on. The bytes given to <paramref name="onLine"/> are its own only during the call.</summary>
    /// <param name="onEnd">Called once, as the last: with why the connection broke, or null at the plain end of the stream.</param>
    public void Start(string name, Action<ReadOnlySpan<byte>> onLine, Action<string?> onEnd) =>
        new Thread(() => Read(onLine, onEnd)) { IsBackground = true, Name = $"read {name}" }.Start();

    public void Send(byte[] line) => _outgoing.Writer.TryWrite(line);

    /// <summary>Writes what is queued, as far as the peer takes it, then closes the output. The peer's answer to that is to close the input.</summary>
    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(LastWords)).ConfigureAwait(false);
        await _output.DisposeAsync().ConfigureAwait(false);
    }

    private void Read(Action<ReadOnlySpan<byte>> onLine, Action<string?> onEnd)
    {
        string? broken = null;
        try
        {
            var lines = new LineReader(_input);
            while (lines.TryRead(out var line)) onLine(line);
        }
        catch (Exception exception) when (exception is WireException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            broken = exception.Message;
        }
        // Here and nowhere else: to close a pipe while a thread reads it would wait for that thread.
        _input.Dispose();
        onEnd(broken);
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var line in _outgoing.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _output.WriteAsync(line).ConfigureAwait(false);
                await _output.WriteAsync(LineReader.LineFeed).ConfigureAwait(false);
                await _output.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer is gone: the reading end sees it too, and says so.
            _outgoing.Writer.TryComplete();
        }
    }
}
