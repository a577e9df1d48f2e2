using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Shared.Cluster;

/// <summary>Which of its addresses this machine uses to reach another one.</summary>
public static class LocalRoute
{
    /// <exception cref="ClusterException">The name is not known, or there is no way there.</exception>
    public static string To(ClusterAddress other)
    {
        if (other.IsLoopback) return "127.0.0.1";
        try
        {
            // Nothing is sent: to connect only looks up the way.
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(other.Host, other.Port);
            return ((IPEndPoint)probe.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException fault)
        {
            throw new ClusterException($"{other} can't be reached: {fault.Message}", fault);
        }
    }
}
