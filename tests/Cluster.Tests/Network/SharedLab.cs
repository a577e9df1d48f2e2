using FashionSweep.Shared.Tests.Transport;

[assembly: AssemblyFixture(typeof(FashionSweep.Cluster.Tests.Network.SharedLab))]

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>One lab with a broker on a machine of its own, for all tests that cut networks; built for the first that asks.</summary>
public sealed class SharedLab : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Lab? _lab;
    private RabbitMqBroker? _broker;

    /// <summary>A cluster whose networks can fail. Says of which kind they are.</summary>
    /// <param name="loopback">The broker for relays, where there can be no lab.</param>
    internal async Task<FragileCluster> ClusterAsync(RabbitMqBroker loopback, Action<string> say)
    {
        await _turn.WaitAsync();
        try
        {
            _broker ??= await StartAsync(_lab ??= Lab.Build());
            say("networks: each process in a network namespace of its own, on a switch");
            return new FragileCluster(_broker, _lab);
        }
        catch (NetworkException why)
        {
            say($"networks: relays before the broker on loopback, since network namespaces can't be made here ({why.Message})");
            return new FragileCluster(loopback);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        _lab?.Dispose();
        _turn.Dispose();
    }

    private static async Task<RabbitMqBroker> StartAsync(Lab lab)
    {
        var machine = lab.Add();
        var broker = new RabbitMqBroker(new BrokerPlace(machine.Address, machine.Enter));
        await broker.InitializeAsync();
        return broker;
    }
}
