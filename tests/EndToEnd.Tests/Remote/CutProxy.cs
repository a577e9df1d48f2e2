using System.Net;
using System.Net.Sockets;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>Stands before a listener, and cuts the first connection that carries more than so many bytes one way.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _behind;
    private readonly bool _cutsUpload;
    private readonly Task _work;
    private int _left;
    private long _carried;

    /// <param name="cutsUpload">What the client sends is counted, else what it gets.</param>
    public CutProxy(Uri behind, bool cutsUpload, int bytes)
    {
        (_behind, _cutsUpload, _left) = (behind, cutsUpload, bytes);
        _listener.Start();
        _work = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes of the way that is counted, of all connections.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    public bool HasCut { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _work;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _behind.Port, _end.Token);
            }
            catch (OperationCanceledException)
            {
                // A connection in reserve, which nobody has used before the end.
                return;
            }
            await Task.WhenAny(
                PumpAsync(client.GetStream(), server.GetStream(), isCounted: _cutsUpload),
                PumpAsync(server.GetStream(), client.GetStream(), isCounted: !_cutsUpload));
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isCounted)
    {
        var buffer = new byte[8000];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer, _end.Token)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
                if (!isCounted) continue;
                Interlocked.Add(ref _carried, count);
                if (HasCut || Interlocked.Add(ref _left, -count) > 0) continue;
                HasCut = true;
                return;
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other way was cut.
        }
    }
}
