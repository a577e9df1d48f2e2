using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A way to the broker for one node that can be cut, for good: what is left of a node's process after <c>kill -9</c>.</summary>
internal sealed class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly int _broker;

    public Cable(int broker)
    {
        _broker = broker;
        _listener.Start();
        _ = CarryAsync();
    }

    public string Address => $"amqp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _listener.Dispose();
        lock (_ends)
            foreach (var end in _ends) end.Dispose();
    }

    private async Task CarryAsync()
    {
        try
        {
            var node = await _listener.AcceptTcpClientAsync();
            var broker = new TcpClient { NoDelay = true };
            await broker.ConnectAsync(IPAddress.Loopback, _broker);
            node.NoDelay = true;
            lock (_ends) _ends.AddRange([node, broker]);
            await Task.WhenAll(node.GetStream().CopyToAsync(broker.GetStream()), broker.GetStream().CopyToAsync(node.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException)
        {
            // That is what it is for.
        }
    }
}
