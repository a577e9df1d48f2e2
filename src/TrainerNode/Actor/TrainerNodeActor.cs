using Akka.Actor;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>
/// The shell around a <see cref="NodeMachine"/>: performs its effects in their order. Its slots are threads, which no actor system holds up or ends.
/// </summary>
public sealed class TrainerNodeActor : ReceiveActor, IWithTimers, IWithStash
{
    /// <summary>How long a trial has to stop when the node must go: one that hangs in native code never does.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long the last messages have to be saved: a coordinator that is away may not come back.</summary>
    public static readonly TimeSpan SavePatience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<NodeEnd> _ended;
    private readonly NodeLog _log;
    private readonly Func<IActorRefFactory, IActorRef, IActorRef> _createUplink;
    private IActorRef _uplink = ActorRefs.Nobody;
    private TrainingSlot[] _slots = [];
    private NodeMachine? _machine;
    private NodeDescription? _description;
    private bool _hasJoined;

    /// <param name="createUplink">As a child of this one, which is given to it as whom to tell what comes. Gets <see cref="ToCoordinator"/>s.</param>
    /// <param name="ended">Completed once: how the node has ended, or with a <see cref="RefusedException"/>.</param>
    public TrainerNodeActor(Func<IActorRefFactory, IActorRef, IActorRef> createUplink, NodeLog log, TaskCompletionSource<NodeEnd> ended)
    {
        (_createUplink, _log, _ended) = (createUplink, log, ended);
        // It may well be welcome before its engine is ready.
        Receive<Ready>(Begin);
        Receive<UplinkActor.TurnedAway>(TurnAway);
        Receive<NodeMessage.CoordinatorGone>(_ => _ended.TrySetResult(NodeEnd.CoordinatorGone));
        ReceiveAny(_ => Stash.Stash());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    protected override void PreStart() => _uplink = _createUplink(Context, Self);

    protected override void PostStop()
    {
        foreach (var slot in _slots) slot.Close();
    }

    private void Begin(Ready ready)
    {
        (_description, _machine) = (ready.Node, new NodeMachine(ready.Node));
        var self = Self;
        _slots = [.. Enumerable.Range(0, ready.Node.Slots).Select(number => new TrainingSlot(number, ready.Trainer, self.Tell, _log))];
        foreach (var slot in _slots) slot.Start();
        Become(() =>
        {
            Receive<UplinkActor.TurnedAway>(TurnAway);
            Receive<NodeMessage>(Do);
        });
        Stash.UnstashAll();
    }

    private void TurnAway(UplinkActor.TurnedAway refused) => _ended.TrySetException(new RefusedException(refused.Reason));

    private void Do(NodeMessage message)
    {
        if (message is NodeMessage.Ordered(ToNode.Announce) && !_hasJoined)
        {
            _hasJoined = true;
            var engines = _description!.Engines is { } several ? $" engines=\"{several}\"" : "";
            _log.Tell($"joined slots={_description.Slots} kernels=\"{_description.Kernels}\"{engines} version={_description.Version}");
        }
        foreach (var effect in _machine!.On(message)) Perform(effect);
    }

    private void Perform(NodeEffect effect)
    {
        switch (effect)
        {
            case NodeEffect.Send send:
                _uplink.Tell(send.Message);
                if (send.Message is ToCoordinator.TrialEnded ended) _log.Ended(ended.Lease, ended.Outcome);
                break;
            case NodeEffect.Train train:
                _slots[train.Slot].Train(train.Lease, train.Spec);
                _log.Tell(train.Lease, "started");
                break;
            case NodeEffect.Stop stop: _slots[stop.Slot].Stop(); break;
            case NodeEffect.AwaitStops:
                Timers.StartSingleTimer(nameof(StopPatience), new NodeMessage.PatienceOver(), StopPatience);
                _log.Tell("leaving: what runs is stopped");
                break;
            case NodeEffect.Abandon hung:
                _log.Warn(hung.Lease, $"hangs: told to stop {StopPatience.TotalSeconds:0} s ago, it has not; the node ends without it");
                break;
            case NodeEffect.End { Why: NodeEnd.CoordinatorGone }: _ended.TrySetResult(NodeEnd.CoordinatorGone); break;
            case NodeEffect.End end: Leave(end.Why); break;
            default: throw new InvalidOperationException($"No way to perform {effect}.");
        }
    }

    // The machine has nothing more to say: what it said is still to be saved.
    private void Leave(NodeEnd how)
    {
        Timers.CancelAll();
        Timers.StartSingleTimer(nameof(SavePatience), new SaveOverdue(), SavePatience);
        _uplink.Tell(new UplinkMessage.Leave());
        Become(() =>
        {
            Receive<UplinkActor.AllSaved>(_ => _ended.TrySetResult(how));
            Receive<NodeMessage.CoordinatorGone>(_ => _ended.TrySetResult(how));
            Receive<UplinkActor.TurnedAway>(TurnAway);
            Receive<SaveOverdue>(_ =>
            {
                _log.Warn("can't tell the coordinator the last of it: it will learn that this node is gone");
                _ended.TrySetResult(how);
            });
            ReceiveAny(_ => { });
        });
    }

    /// <summary>The engine is there: from now on the node can work.</summary>
    public sealed record Ready(NodeDescription Node, ITrainer Trainer);

    private sealed record SaveOverdue;
}

/// <summary>A node is not taken, now or later; the text says why, and what to do.</summary>
public sealed class RefusedException(string message) : UserException(message)
{
    public override bool IsWrongInput => true;
}
