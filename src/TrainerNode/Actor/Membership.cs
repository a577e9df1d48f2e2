using Akka.Actor;
using Akka.Cluster;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Links;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>An actor system that joins the coordinator's cluster, once: when it is in doubt it is thrown away, and another takes its place.</summary>
internal sealed class Membership
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromMilliseconds(500);

    private readonly Task<ActorSystem> _starting;
    private volatile IActorRef _link = ActorRefs.Nobody;

    /// <param name="warn">Told why it can't be made, or why the coordinator is not trusted.</param>
    /// <remarks>On a thread of its own: to make a system blocks one, and waits for others of the pool.</remarks>
    public Membership(int number, ClusterAccess access, IActorRef uplink, Action<string> warn) =>
        _starting = Task.Factory.StartNew(
            () => Start(number, access, uplink, warn), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>To the coordinator; lost where there is no way to it.</summary>
    public void Send(NodeWord word) => _link.Tell(word);

    /// <summary>Throws it away.</summary>
    public void End() => _ = _starting.ContinueWith(
        started => started.Result.Terminate(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Tells the cluster that it goes, so that nobody looks for it.</summary>
    public async Task LeaveAsync()
    {
        if (!_starting.IsCompletedSuccessfully) return;
        await Task.WhenAny(Cluster.Get(await _starting.ConfigureAwait(false)).LeaveAsync(), Task.Delay(LeavePatience)).ConfigureAwait(false);
    }

    private ActorSystem Start(int number, ClusterAccess access, IActorRef uplink, Action<string> warn)
    {
        try
        {
            var tls = access.Tls?.Invoke(why => warn($"no trusted connection to {access.Coordinator}: {why}"));
            var system = ClusterSystems.Create(ClusterConfig.ForNode(LocalRoute.To(access.Coordinator), access.IsEncrypted), tls);
            // Before it joins: what it tells the uplink may be answered at once.
            _link = system.ActorOf(Props.Create(() => new LinkActor(number, access, uplink)), "link");
            Cluster.Get(system).JoinSeedNodes([Address.Parse(ClusterConfig.Uri(access.Coordinator, access.IsEncrypted))]);
            return system;
        }
        catch (UserException fault)
        {
            warn(fault.Message);
            throw;
        }
        finally
        {
            uplink.Tell(new UplinkMessage.Made(number));
        }
    }
}
