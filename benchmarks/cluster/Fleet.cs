using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.TrainerNode;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Nodes as they are, but for their trainers, in this process.</summary>
internal sealed class Fleet
{
    private readonly List<(NodeActor Actor, INodeTransport Transport)> _nodes = [];
    private Task _working = Task.CompletedTask;

    /// <summary>How long slots had nothing to do between two trials.</summary>
    public Spread Idle { get; } = new();

    /// <summary>How long it took until a message was handed over: over a broker, until it was on its disk.</summary>
    public Spread Handover { get; } = new();

    public FleetFigures Figures => new(Idle.Quantiles(), Handover.Quantiles());

    /// <summary>Connects all nodes, and then has them join.</summary>
    public async Task StartAsync(int nodes, int slots, TimeSpan trialTime, Func<NodeId, Task<INodeTransport>> connect)
    {
        var trainer = new FakeTrainer(trialTime, Idle);
        var names = Enumerable.Range(1, nodes).Select(number => new NodeId($"node-{number}")).ToList();
        var transports = await Task.WhenAll(names.Select(connect));
        foreach (var (name, transport) in names.Zip(transports.Select(transport => new TimedNodeTransport(transport, Handover))))
            _nodes.Add((Node(name, slots, trainer, transport), transport));
        _working = Task.WhenAll(_nodes.Select(node => node.Actor.RunAsync()));
    }

    public static NodeActor Node(NodeId name, int slots, ITrainer trainer, INodeTransport transport) => new(
        new NodeDescription(name, slots, "none", "none", Environment.ProcessId), trainer, transport, TimeProvider.System,
        new NodeLog(name, TextWriter.Null, Console.Error, TimeProvider.System));

    /// <summary>Has the nodes leave that were not told to by the coordinator.</summary>
    public async Task EndAsync()
    {
        foreach (var (actor, _) in _nodes) actor.Leave();
        await _working;
        await Task.WhenAll(_nodes.Select(node => node.Transport.DisposeAsync().AsTask()));
    }
}

/// <summary>What a fleet saw.</summary>
internal sealed record FleetFigures(Quantiles Idle, Quantiles Handover);
