using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>
/// One of a lab: a network namespace, and a cable to the switch that can fail. What is lost is lost at the switch's end of it, so that neither side
/// learns of it but by the silence, as of a pulled cable further away.
/// </summary>
internal sealed class Machine : INetwork
{
    private const string Narrow = "root tbf rate 512kbit burst 8kb latency 400ms";

    private readonly NetworkNamespace _switch;
    private readonly NetworkNamespace _inside;
    private readonly string _port;
    private NetworkFault? _fault;

    public Machine(NetworkNamespace hub, int number)
    {
        (_switch, _inside, _port) = (hub, hub.MakeNext(), $"port{number}");
        Address = string.Create(CultureInfo.InvariantCulture, $"10.0.{number / 250}.{number % 250 + 1}");
        Ip(_switch, $"link add name {_port} type veth peer name eth0 netns {_inside.Id}");
        Ip(_switch, $"link set {_port} master switch0 up");
        Ip(_inside, $"address add {Address}/16 dev eth0");
        Ip(_inside, "link set eth0 up");
        Ip(_inside, "link set lo up");
    }

    public string Address { get; }

    /// <summary>Of all that runs on it.</summary>
    public IReadOnlyList<TcpConnection> Connections => TcpConnection.Of(_inside.Id);

    /// <inheritdoc cref="NetworkNamespace.Enter"/>
    public ProcessStartInfo Enter(ProcessStartInfo command) => _inside.Enter(command);

    public bool Fail(NetworkFault fault)
    {
        _fault = fault;
        Tc(_switch, $"qdisc add dev {_port} clsact");
        var program = ProgramOf(fault);
        // As the switch sees it: in comes what the machine sends.
        if (fault is not (NetworkFault.Deafened or NetworkFault.Unreachable)) Lose("ingress", program);
        if (fault is not (NetworkFault.Muted or NetworkFault.HalfOpen)) Lose("egress", program);
        if (fault is not NetworkFault.Slow) return true;
        Tc(_switch, $"qdisc add dev {_port} {Narrow}");
        Tc(_inside, $"qdisc add dev eth0 {Narrow}");
        return true;
    }

    public void Heal()
    {
        if (_fault is null) return;
        Tc(_switch, $"qdisc del dev {_port} clsact");
        if (_fault is NetworkFault.Slow)
        {
            Tc(_switch, $"qdisc del dev {_port} root");
            Tc(_inside, "qdisc del dev eth0 root");
        }
        _fault = null;
    }

    /// <summary>From now on it reaches none of those that this was said of, and they don't reach it.</summary>
    public void KeepFromOthersAlike() => Ip(_switch, $"link set dev {_port} type bridge_slave isolated on");

    public void Dispose() => _inside.Dispose();

    private string ProgramOf(NetworkFault fault) => fault switch
    {
        NetworkFault.Slow => PacketFilter.AFifth,
        NetworkFault.HalfOpen => PacketFilter.Of([.. Connections.Where(each => each.IsOpen)]),
        NetworkFault.Unreachable => PacketFilter.Openings,
        _ => PacketFilter.Everything,
    };

    private void Lose(string direction, string program) => Tc(_switch, $"filter add dev {_port} {direction} bpf da bytecode", program);

    private static void Ip(NetworkNamespace where, string words) => where.Run("ip", words.Split(' '));

    private static void Tc(NetworkNamespace where, string words, params string[] program) => where.Run("tc", [.. words.Split(' '), .. program]);
}
