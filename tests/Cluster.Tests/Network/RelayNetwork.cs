using FashionSweep.Shared.Tests.Transport;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>The way to the broker alone, through a relay: a cut ends the connections, and of silence it knows only that of both directions.</summary>
internal sealed class RelayNetwork(int brokerPort) : INetwork
{
    private readonly RabbitMqRelay _relay = new(brokerPort);

    /// <summary>In the place of the broker's own.</summary>
    public int Port => _relay.Port;

    public bool Fail(NetworkFault fault)
    {
        if (fault == NetworkFault.Slow) return false;
        if (fault == NetworkFault.Cut) _relay.TakeDown();
        else _relay.Hold();
        return true;
    }

    public void Heal()
    {
        _relay.BringUp();
        _relay.Release();
    }

    public void Dispose() => _relay.Dispose();
}
