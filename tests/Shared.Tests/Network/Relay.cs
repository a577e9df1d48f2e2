using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Shared.Tests.Network;

/// <summary>A way to a port, that can be cut.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly int _target;
    private volatile bool _isDown;
    private volatile TaskCompletionSource _flow = Flowing();

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Ends all connections; the next ones are let through.</summary>
    public void Cut()
    {
        while (_ends.TryTake(out var end)) end.Dispose();
    }

    /// <summary>Ends all connections and lets none through.</summary>
    public void TakeDown()
    {
        _isDown = true;
        Cut();
    }

    public void BringUp() => _isDown = false;

    /// <summary>Swallows what comes, as a pulled cable does: no end learns of it but by the silence.</summary>
    public void Hold() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held arrives late, but arrives.</summary>
    public void Release() => _flow.TrySetResult();

    public void Dispose()
    {
        TakeDown();
        Release();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = JoinAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        _ends.Add(near);
        _ends.Add(far);
        try
        {
            if (!_isDown)
            {
                await far.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(PassAsync(near.GetStream(), far.GetStream()), PassAsync(far.GetStream(), near.GetStream()));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        near.Dispose();
        far.Dispose();
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 << 10];
        while (await from.ReadAsync(buffer) is > 0 and var read)
        {
            await _flow.Task;
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private static TaskCompletionSource Flowing()
    {
        var flow = new TaskCompletionSource();
        flow.SetResult();
        return flow;
    }
}
