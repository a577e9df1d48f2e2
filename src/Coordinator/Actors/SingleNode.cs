using System.Threading.Channels;
using Akka.Actor;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A node of its own that runs trials one after the other, and stores nothing.</summary>
public sealed class SingleNode : IAsyncDisposable
{
    private static readonly NodeId Name = new("node-1");

    private readonly LocalCluster _cluster = new();
    private readonly Channel<LinkEffect> _told = Channel.CreateUnbounded<LinkEffect>();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly INodeProcess _process;
    private readonly IActorRef _actor;
    private int _attempts;

    /// <exception cref="NodesException">The node can't be started; the message says why.</exception>
    public SingleNode(INodeLauncher launcher)
    {
        _process = launcher.Launch(Name);
        _cluster.Attach(Name, _process);
        var (system, told) = (_cluster.Open(), _told.Writer);
        _actor = CoordinatorSystem.Open(
            system, links => Props.Create(() => new SingleNodeActor(links, told)),
            new LinkTable(Akka.Cluster.Cluster.Get(system).SelfUniqueAddress.Uid), _ => { });
        _cluster.Serve(end =>
        {
            if (end is LinkMessage.Ended { Reason: var reason }) _ended.TrySetResult(reason);
        });
    }

    /// <param name="observe">Told of each epoch as it ends.</param>
    /// <exception cref="NodesException">The node ended before the trial did; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the node is to be disposed of.</exception>
    public async Task<(TrialOutcome Outcome, IReadOnlyList<EpochReport> Epochs)> RunAsync(TrialSpec spec, Action<EpochReport> observe, CancellationToken stop)
    {
        var start = new LinkMessage.Order(Name, [new ToNode.StartTrial(new Lease(spec.Id, Name, ++_attempts), spec)]);
        var epochs = new List<EpochReport>();
        while (true)
        {
            var hearing = _told.Reader.WaitToReadAsync(stop).AsTask();
            if (await Task.WhenAny(hearing, _ended.Task) == _ended.Task) throw new NodesException($"{spec.Id}: its node ended: {await _ended.Task}");
            await hearing;
            while (_told.Reader.TryRead(out var told))
            {
                switch (told)
                {
                    // A second one would be no harm: it is the same lease.
                    case LinkEffect.Pass { Message: ToCoordinator.NodeJoined }: _actor.Tell(start); break;
                    case LinkEffect.Pass { Message: ToCoordinator.EpochReported { Report: var report } }:
                        epochs.Add(report);
                        observe(report);
                        break;
                    case LinkEffect.Pass { Message: ToCoordinator.TrialEnded { Outcome: var outcome } }: return (outcome, epochs);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // To close its input tells a node to leave, whatever it is doing.
        _process.CloseInput();
        await _process.EndAsync(TimeProvider.System);
        await _cluster.DisposeAsync();
    }

    /// <summary>Passes on what its node tells, and has nothing to save.</summary>
    private sealed class SingleNodeActor : ReceiveActor
    {
        private readonly IActorRef _links;

        public SingleNodeActor(Func<IActorRefFactory, IActorRef, IActorRef> createLinks, ChannelWriter<LinkEffect> told)
        {
            _links = createLinks(Context, Self);
            Receive<LinkEffect.Pass>(pass =>
            {
                told.TryWrite(pass);
                if (pass.Number > 0) _links.Tell(new LinkMessage.Saved(pass.Node, pass.Process, pass.Number));
            });
            Receive<LinkMessage>(_links.Tell);
            ReceiveAny(_ => { });
        }
    }
}
