using Akka.Actor;
using Akka.Hosting;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.TrainerNode;

/// <summary>A node's own actor system, for the life of its process. It reaches nobody: its memberships do.</summary>
internal sealed class NodeHost
{
    private readonly TaskCompletionSource<NodeEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IHost _host;
    private IActorRef _node = ActorRefs.Nobody;

    public NodeHost()
    {
        // An empty builder reads no settings, logs nothing and leaves signals alone.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("node", akka => akka.AddHocon(ClusterConfig.Local, HoconAddMode.Prepend));
        _host = builder.Build();
    }

    public async Task StartAsync() => await _host.StartAsync().ConfigureAwait(false);

    /// <summary>Knocks at the coordinator's door from now on; it works from <see cref="Begin"/> on. The first to be called when it is started.</summary>
    public void Join(NodeId id, ClusterAccess access, NodeLog log, TimeProvider clock) =>
        _node = _host.Services.GetRequiredService<ActorSystem>().ActorOf(
            Props.Create(() => new TrainerNodeActor(
                (parent, self) => parent.ActorOf(Props.Create(() => new UplinkActor(id, access, self, log, clock)), "uplink"), log, _ended)),
            "node");

    public void Begin(NodeDescription node, ITrainer trainer) => _node.Tell(new TrainerNodeActor.Ready(node, trainer));

    /// <summary>Stops what runs, says so, and ends. From any thread.</summary>
    public void Leave() => _node.Tell(new NodeMessage.ToldToLeave());

    /// <summary>Ends at once: nobody is left to work for. From any thread.</summary>
    public void Abandon() => _node.Tell(new NodeMessage.CoordinatorGone());

    /// <summary>How the node has ended, with trials perhaps still in work on their threads.</summary>
    /// <exception cref="RefusedException">The coordinator does not take this node.</exception>
    public Task<NodeEnd> Ended => _ended.Task;
}
