using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>The shell around an <see cref="Uplink"/>: it lives as long as the process, its memberships as long as they are good.</summary>
internal sealed class UplinkActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Uplink _uplink;
    private readonly ClusterAccess _access;
    private readonly IActorRef _node;
    private readonly NodeLog _log;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly HashSet<string> _warned = [];
    private Membership? _membership;
    private Membership? _known;
    private bool _isDoubted;

    /// <param name="node">Gets <see cref="NodeMessage"/>s, and the last of this one.</param>
    public UplinkActor(NodeId id, ClusterAccess access, IActorRef node, NodeLog log, TimeProvider clock)
    {
        (_uplink, _access, _node, _log, _clock, _started) = (new Uplink(id, $"{Guid.NewGuid():N}"), access, node, log, clock, clock.GetTimestamp());
        Receive<ToCoordinator>(said => Do(new UplinkMessage.Say(said)));
        Receive<UplinkMessage>(Do);
        Receive<Warning>(warning => WarnOnce(warning.Text));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(UplinkMessage.Tick), new UplinkMessage.Tick(), Pace);
        Do(new UplinkMessage.Begin());
    }

    protected override void PostStop()
    {
        _membership?.End();
        _known?.End();
    }

    private void Do(UplinkMessage message)
    {
        foreach (var effect in _uplink.On(message, _clock.GetElapsedTime(_started))) Perform(effect);
    }

    private void Perform(UplinkEffect effect)
    {
        switch (effect)
        {
            case UplinkEffect.Renew renew:
                // The one that the coordinator knows goes when it knows another: a port at which nobody listens any more is to it a process that is gone.
                if (_membership != _known) _membership?.End();
                var self = Self;
                _membership = new Membership(renew.Membership, _access, self, text => self.Tell(new Warning(text)));
                break;
            case UplinkEffect.Send send: _membership!.Send(send.Word); break;
            case UplinkEffect.Deliver deliver: _node.Tell(new NodeMessage.Ordered(deliver.Order)); break;
            case UplinkEffect.Linked:
                if (_known != _membership) _known?.End();
                _known = _membership;
                if (_isDoubted) _log.Tell("is back: the coordinator answers");
                _isDoubted = false;
                _warned.Clear();
                break;
            case UplinkEffect.Doubted doubted:
                _isDoubted = true;
                _log.Tell($"the link with the coordinator is in doubt ({doubted.Reason}): trains on, and knocks until it is answered");
                break;
            case UplinkEffect.Unanswered unanswered:
                WarnOnce($"waits: no coordinator has answered at {_access.Coordinator} for {unanswered.For.TotalSeconds:0} s. "
                    + "Is one there, and is that its --cluster-address, to the letter?");
                break;
            case UplinkEffect.Refused refused: _node.Tell(new TurnedAway(refused.Reason)); break;
            case UplinkEffect.Left: _ = _membership!.LeaveAsync().PipeTo(_node, success: () => new AllSaved()); break;
            default: throw new InvalidOperationException($"No way to perform {effect}.");
        }
    }

    // As long as nobody answers the same is found with each membership.
    private void WarnOnce(string text)
    {
        if (_warned.Add(text)) _log.Warn(text);
    }

    /// <summary>All that the node said is saved, and it may go.</summary>
    public sealed record AllSaved;

    /// <summary>The coordinator does not take this node.</summary>
    public sealed record TurnedAway(string Reason);

    private sealed record Warning(string Text);
}
