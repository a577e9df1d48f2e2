using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>A network between a transport and its broker, that can be cut.</summary>
internal sealed class RabbitMqRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly int _target;
    private volatile bool _isDown;

    public RabbitMqRelay(int target)
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

    public void Dispose()
    {
        TakeDown();
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
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        near.Dispose();
        far.Dispose();
    }
}
