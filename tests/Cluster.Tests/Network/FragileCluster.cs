using FashionSweep.Shared.Tests.Transport;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>A cluster of which each process has a network of its own that can fail: a machine of a lab, or a relay to the broker.</summary>
internal sealed class FragileCluster(RabbitMqBroker broker, Lab? lab = null) : IDisposable
{
    private readonly Dictionary<string, INetwork> _networks = [];

    public RabbitMqBroker Broker => broker;

    public LiveCluster Cluster { get; } = new(broker);

    /// <param name="process">A node, or <see cref="LiveCluster.CoordinatorName"/>.</param>
    public INetwork NetworkOf(string process) => _networks[process];

    /// <returns>The address at which it takes checkpoints.</returns>
    public string StartCoordinator() => Cluster.StartListeningCoordinator(Connect(LiveCluster.CoordinatorName));

    public Supervised StartNode(string name, params string[] more) => Cluster.StartNode(name, Connect(name), more);

    public void Dispose()
    {
        Cluster.Dispose();
        foreach (var network in _networks.Values) network.Dispose();
    }

    // The port at which the process finds the broker, if another than the broker's own.
    private int? Connect(string process)
    {
        if (lab is null)
        {
            var relay = new RelayNetwork(broker.Port);
            _networks[process] = relay;
            return relay.Port;
        }
        var machine = lab.Add();
        (_networks[process], Cluster.Machines[process]) = (machine, machine);
        // Off loopback the broker's own default is none.
        (Cluster.Variables["FSWEEP_BROKER_USER"], Cluster.Variables["FSWEEP_BROKER_PASSWORD"]) = ("guest", "guest");
        return null;
    }
}
