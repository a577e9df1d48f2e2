using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Shared.Tests.Network;

/// <summary>
/// A port of loopback for a listener that comes later, or goes and comes again: bound but not listened on,
/// so that the system gives it to nobody else meanwhile.
/// </summary>
internal sealed class HeldPort : IDisposable
{
    private readonly Socket _holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HeldPort() => _holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_holder.LocalEndPoint!).Port;

    public void Dispose() => _holder.Dispose();
}
