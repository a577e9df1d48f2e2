using System.Diagnostics;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>A cluster of which each process has a network of its own that can fail: a machine of a lab.</summary>
internal sealed class FragileCluster(Lab lab) : IDisposable
{
    private const string InsiderName = "insider";

    private readonly Dictionary<string, INetwork> _networks = [];

    public LiveCluster Cluster { get; } = new();

    /// <param name="process">A node, or <see cref="LiveCluster.CoordinatorName"/>.</param>
    public INetwork NetworkOf(string process) => _networks[process];

    /// <returns>The address at which it takes checkpoints.</returns>
    public string StartCoordinator()
    {
        Connect(LiveCluster.CoordinatorName);
        return Cluster.StartListeningCoordinator();
    }

    public Supervised StartNode(string name, params string[] more)
    {
        Connect(name);
        return Cluster.StartNode(name, more);
    }

    /// <summary>A process that has joined the cluster puts another one out of it.</summary>
    /// <returns>When it is done; it may be that it could not join.</returns>
    public Task PutOutAsync(string process)
    {
        if (!_networks.ContainsKey(InsiderName)) Connect(InsiderName);
        var command = Cluster.Machines[InsiderName].Enter(InsiderProcess.Command(Cluster, Cluster.Machines[process].Address));
        return Task.Run(() =>
        {
            using var running = new Fsweep.Running(Process.Start(command)!);
            running.WaitForEnd();
        });
    }

    public void Dispose()
    {
        Cluster.Dispose();
        foreach (var network in _networks.Values) network.Dispose();
    }

    private void Connect(string process)
    {
        var machine = lab.Add();
        (_networks[process], Cluster.Machines[process]) = (machine, machine);
    }
}
