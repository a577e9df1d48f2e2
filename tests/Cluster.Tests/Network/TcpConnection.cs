using System.Globalization;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>A connection of TCP, or one that is tried, as the kernel of a process's network knows it.</summary>
internal sealed record TcpConnection(int LocalPort, string RemoteAddress, int RemotePort, bool IsOpen)
{
    private const int Local = 1;
    private const int Remote = 2;
    private const int State = 3;
    private const string Established = "01";
    private const string Listening = "0A";

    /// <param name="process">One that lives in the network.</param>
    public static IReadOnlyList<TcpConnection> Of(int process) => [.. new[] { "tcp", "tcp6" }.SelectMany(family => Read($"/proc/{process}/net/{family}"))];

    private static IEnumerable<TcpConnection> Read(string table)
    {
        if (!File.Exists(table)) yield break;
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[State] == Listening) continue;
            yield return new TcpConnection(PortOf(words[Local]), AddressOf(words[Remote]), PortOf(words[Remote]), words[State] == Established);
        }
    }

    // As 0100007F:1F90, which is 127.0.0.1:8080. Of an IPv4 address in the garb of IPv6 the last four bytes count.
    private static string AddressOf(string end)
    {
        var bytes = Convert.FromHexString(end[(end.IndexOf(':', StringComparison.Ordinal) - 8)..end.IndexOf(':', StringComparison.Ordinal)]);
        return string.Join('.', bytes.Reverse());
    }

    private static int PortOf(string end) =>
        int.Parse(end.AsSpan(end.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
