using System.Globalization;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>
/// Programs of classic BPF, which every kernel has, unlike netem: they see a packet from its Ethernet header on, and say 0 to let it through and 2 to lose it.
/// </summary>
internal static class PacketFilter
{
    public const string Everything = "1,6 0 0 2";

    /// <summary>If a random number is below a fifth of 2^32.</summary>
    public const string AFifth = "4,32 0 0 4294963256,53 0 1 858993459,6 0 0 0,6 0 0 2";

    /// <summary>What would open a connection: IPv4, TCP, and of SYN and ACK only SYN.</summary>
    public const string Openings = "9,40 0 0 12,21 0 5 2048,48 0 0 23,21 0 3 6,48 0 0 47,84 0 0 18,21 1 0 2,6 0 0 0,6 0 0 2";

    /// <summary>What goes from the near to the far end of one of these: both ports, which lie side by side, are compared at once.</summary>
    public static string Of(IReadOnlyCollection<TcpConnection> connections)
    {
        var compare = connections.Select((each, i) => string.Create(
            CultureInfo.InvariantCulture, $"21 {connections.Count - i} 0 {((uint)each.LocalPort << 16) | (uint)each.RemotePort}"));
        return string.Create(CultureInfo.InvariantCulture, $"{connections.Count + 3},{string.Join(',', ["32 0 0 34", .. compare, "6 0 0 0", "6 0 0 2"])}");
    }
}
