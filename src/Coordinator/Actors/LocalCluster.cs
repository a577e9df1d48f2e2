using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Actors;

/// <summary>
/// A cluster on loopback, for this process and its children alone: its certificate is made for it, and lives no longer. Children may be started before it is
/// open.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly ThrowAwayCertificate _certificate = ThrowAwayCertificate.Create(TimeProvider.System);
    private readonly TaskCompletionSource<string> _introduction = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Action<LinkMessage>> _links = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorSystem? _system;

    /// <summary>Makes its actor system, which takes a moment.</summary>
    public ActorSystem Open()
    {
        _system = CoordinatorSystem.Create(new ClusterAddress("127.0.0.1", 0), _certificate.Tls);
        var at = Akka.Cluster.Cluster.Get(_system).SelfAddress;
        _introduction.SetResult(ClusterAccess.Introduce(new ClusterAddress(at.Host!, at.Port!.Value), _certificate));
        return _system;
    }

    /// <param name="links">From now on they are told how processes end.</param>
    public void Serve(Action<LinkMessage> links) => _links.SetResult(links);

    /// <summary>Tells a child how to join, once that is known; and the links how it ended, when it has.</summary>
    public void Attach(NodeId node, INodeProcess process)
    {
        _ = IntroduceAsync(process);
        _ = WatchAsync(node, process);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null) await _system.Terminate();
    }

    private async Task IntroduceAsync(INodeProcess process)
    {
        try
        {
            await process.Input.WriteLineAsync(await _introduction.Task);
            await process.Input.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended already, and that is how it is told.
        }
    }

    private async Task WatchAsync(NodeId node, INodeProcess process)
    {
        var exitCode = await process.Exited;
        (await _links.Task)(new LinkMessage.Ended(node, NodeExit.Describe(exitCode, process.LastWords)));
    }
}
