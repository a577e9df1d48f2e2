using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Nodes as they are, but for their trainers, in one actor system; each has its own way to the coordinator.</summary>
/// <param name="gate">Each passes it before it joins.</param>
internal sealed class Fleet(ActorSystem system, JoiningGate gate)
{
    private readonly List<FleetNode> _nodes = [];

    /// <summary>How long slots had nothing to do between two trials.</summary>
    public Spread Idle { get; } = new();

    public FleetFigures Figures => new(Idle.Quantiles());

    /// <summary>Starts nodes named node-1 and so on.</summary>
    public void Start(
        int nodes, int slots, TimeSpan trialTime, double variation, Func<NodeId, NodeLog, Func<IActorRefFactory, IActorRef, IActorRef>> uplink,
        string prefix = "node")
    {
        var trainer = new FakeTrainer(trialTime, variation, Idle);
        for (var number = 1; number <= nodes; number++)
        {
            gate.Enter();
            _nodes.Add(Add(new NodeId($"{prefix}-{number}"), slots, trainer, uplink));
        }
    }

    public FleetNode Add(NodeId name, int slots, ITrainer trainer, Func<NodeId, NodeLog, Func<IActorRefFactory, IActorRef, IActorRef>> uplink)
    {
        var ended = new TaskCompletionSource<NodeEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new NodeLog(name, gate, TextWriter.Null, TimeProvider.System);
        var actor = system.ActorOf(Props.Create(() => new TrainerNodeActor(uplink(name, log), log, ended)), name.Name);
        actor.Tell(new TrainerNodeActor.Ready(new NodeDescription(name, slots, "none", "none", Environment.ProcessId), trainer));
        return new FleetNode(actor, ended.Task);
    }

    /// <summary>Has all nodes say what they are, as a welcome does.</summary>
    public void Announce()
    {
        foreach (var node in _nodes) node.Actor.Tell(new NodeMessage.Ordered(new ToNode.Announce()));
    }

    /// <summary>Has the nodes leave that were not told to by the coordinator.</summary>
    public async Task EndAsync()
    {
        foreach (var node in _nodes) node.Actor.Tell(new NodeMessage.ToldToLeave());
        await Task.WhenAll(_nodes.Select(node => node.Ended));
    }

    /// <summary>An uplink as nodes have it.</summary>
    public static Func<NodeId, NodeLog, Func<IActorRefFactory, IActorRef, IActorRef>> OverCluster(ClusterAccess access) => (name, log) =>
        (parent, self) => parent.ActorOf(Props.Create(() => new UplinkActor(name, access, self, log, TimeProvider.System)), "uplink");

    /// <summary>One that reaches a coordinator in this process.</summary>
    public static Func<NodeId, NodeLog, Func<IActorRefFactory, IActorRef, IActorRef>> InProcess(LocalWire wire) => (name, _) => (parent, self) =>
    {
        wire.Connect(name, order => self.Tell(new NodeMessage.Ordered(order)));
        return parent.ActorOf(Props.Create(() => new LocalUplink(wire, name, self)), "uplink");
    };
}

internal sealed record FleetNode(IActorRef Actor, Task<NodeEnd> Ended);

/// <summary>What a fleet saw.</summary>
internal sealed record FleetFigures(Quantiles Idle);
