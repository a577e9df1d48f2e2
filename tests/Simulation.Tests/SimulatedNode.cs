using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.Simulation.Tests;

/// <summary>A node's process: its own machine and its own end of the link, as the actors hold them, and slots that only pretend to train.</summary>
internal sealed class SimulatedNode : SimulatedProcess
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly SimulatedCluster _cluster;
    private readonly NodeDescription _description;
    private readonly NodeMachine _machine;
    private readonly Uplink _uplink;
    private readonly SimulatedSlot[] _slots;
    private readonly Queue<NodeMessage> _early = [];
    private readonly List<TimeSpan> _saidAt = [];
    private SimulatedNetwork.Peer? _peer;
    private TimeSpan? _linked;
    private bool _isSentAway;
    private bool _isReady;
    private bool _isLeaving;

    /// <param name="life">Which process of its name it is.</param>
    public SimulatedNode(SimulatedCluster cluster, NodeDescription description, int life) : base(cluster.Clock)
    {
        (_cluster, _description, Process) = (cluster, description, $"{description.Id}-{life}");
        (_machine, _uplink) = (new NodeMachine(description), new Uplink(description.Id, Process));
        _slots = [.. Enumerable.Range(0, description.Slots).Select(_ => new SimulatedSlot(cluster, this))];
    }

    public NodeId Id => _description.Id;

    public NodeDescription Description => _description;

    public string Process { get; }

    /// <summary>All that it gave its link to tell, by its number from 1; null where it said that it goes.</summary>
    public List<ToCoordinator?> Said { get; } = [];

    /// <summary>How much of that it may have forgotten, as it was told that it is saved.</summary>
    public int Confirmed { get; set; }

    /// <summary>When it said the first of what it keeps; null where it keeps nothing.</summary>
    public TimeSpan? KeepsSince => _uplink.Kept == 0 ? null : _saidAt[^_uplink.Kept];

    /// <summary>It has been linked for a while, does not stand still, and nobody has sent it away.</summary>
    public bool IsWell => !IsFrozen && !_isSentAway && !_isLeaving && _linked is { } since && _cluster.Clock.Now - since > SimulatedCluster.Calm;

    public bool IsIdle => _uplink.Kept == 0 && Array.TrueForAll(_slots, slot => slot.Lease is null);

    /// <summary>Whether it works on it, or has said that it ended.</summary>
    public bool Knows(Lease lease) => Array.Exists(_slots, slot => slot.Lease == lease) || _cluster.Ledger.HasEnded(lease);

    public void Start()
    {
        Do(() => Link(new UplinkMessage.Begin()));
        After(Pace, Tick);
        After(_cluster.Chance.Seconds(0, 1), () =>
        {
            _isReady = true;
            while (_early.TryDequeue(out var message)) Tell(message);
        });
    }

    public void Hear(UplinkMessage message) => Do(() => Link(message));

    public void Tell(NodeMessage message) => Do(() => Obey(message));

    /// <summary>It is told to leave: it has to have been out of reach for long, or to hang.</summary>
    public void SendAway()
    {
        if (IsWell && _cluster.IsCalm && !Array.Exists(_slots, slot => slot.Hangs)) throw new SimulationException($"{Process}, which is well, is sent away");
        _isSentAway = true;
    }

    /// <summary>As on SIGTERM.</summary>
    public void Leave() => Tell(new NodeMessage.ToldToLeave());

    public void ThrowMembershipAway()
    {
        if (_peer is { } peer) Hear(new UplinkMessage.Broken(peer.Membership, "thrown away"));
    }

    public string? PeerName => _peer?.Name;

    private void Tick()
    {
        Link(new UplinkMessage.Tick());
        After(Pace, Tick);
    }

    private void Obey(NodeMessage message)
    {
        if (_isLeaving) return;
        if (!_isReady) _early.Enqueue(message);
        else foreach (var effect in _machine.On(message)) Perform(effect);
    }

    private void Perform(NodeEffect effect)
    {
        _cluster.Trace?.Invoke($"{Process}: {effect}");
        switch (effect)
        {
            case NodeEffect.Send send: Do(() => Say(send.Message)); break;
            case NodeEffect.Train train: _slots[train.Slot].Train(train.Lease, train.Spec); break;
            case NodeEffect.Stop stop: _slots[stop.Slot].Stop(); break;
            case NodeEffect.AwaitStops: After(TrainerNodeActor.StopPatience, () => Obey(new NodeMessage.PatienceOver())); break;
            case NodeEffect.Abandon: break;
            case NodeEffect.End: SayGoodbye(); break;
            default: throw new InvalidOperationException($"No way to perform {effect}.");
        }
    }

    private void Say(ToCoordinator message)
    {
        Said.Add(message);
        _saidAt.Add(_cluster.Clock.Now);
        _cluster.Ledger.Say(message);
        Link(new UplinkMessage.Say(message));
    }

    private void SayGoodbye()
    {
        _isLeaving = true;
        After(TrainerNodeActor.SavePatience, Exit);
        Do(() =>
        {
            Said.Add(null);
            _saidAt.Add(_cluster.Clock.Now);
            Link(new UplinkMessage.Leave());
        });
    }

    private void Link(UplinkMessage message)
    {
        foreach (var effect in _uplink.On(message, _cluster.Clock.Now))
        {
            switch (effect)
            {
                case UplinkEffect.Renew renew:
                    if (_peer is not null) _cluster.Network.End(_peer);
                    (_peer, _linked) = (_cluster.Network.Join(this, renew.Membership), null);
                    break;
                case UplinkEffect.Linked: _linked = _cluster.Clock.Now; break;
                case UplinkEffect.Send send: _cluster.Network.SendUp(_peer!, send.Word); break;
                case UplinkEffect.Deliver deliver: Tell(new NodeMessage.Ordered(deliver.Order)); break;
                case UplinkEffect.Left: After(_cluster.Chance.Seconds(0, 0.5), Exit); break;
                case UplinkEffect.Refused refused: throw new SimulationException($"{Process}, alone of its name, is refused: {refused.Reason}");
            }
        }
    }

    private void Exit() => _cluster.End(this, isSeen: true);
}

/// <summary>One slot: trains in no time but the world's.</summary>
internal sealed class SimulatedSlot(SimulatedCluster cluster, SimulatedNode node)
{
    private SimulatedTrial? _trial;

    /// <summary>It does not come to an end, whatever it is told.</summary>
    public bool Hangs { get; private set; }

    /// <summary>Null while it has nothing to do.</summary>
    public Lease? Lease { get; private set; }

    public void Train(Lease lease, TrialSpec spec)
    {
        if (Lease is not null) throw new SimulationException($"{node.Process} was given {lease} in a slot that has {Lease}");
        (Lease, _trial, Hangs) = (lease, new SimulatedTrial(spec), false);
        cluster.Ledger.Begin(lease, spec);
        Await(lease, epoch: 1);
    }

    public void Stop()
    {
        var lease = Lease;
        if (!Hangs) node.After(cluster.Chance.Seconds(0, 0.3), () => End(lease, new TrialOutcome.Stopped()));
    }

    // What an earlier attempt has trained is read from its snapshot.
    private void Await(Lease lease, int epoch) => node.After(
        cluster.HasSnapshot(lease.Trial, epoch) ? TimeSpan.FromMilliseconds(1) : cluster.EpochTime(), () => EndEpoch(lease, epoch));

    private void EndEpoch(Lease lease, int epoch)
    {
        if (Lease != lease || Hangs) return;
        if (cluster.Befalls(Mishap.TrialHangs)) Hangs = true;
        else if (cluster.Befalls(Mishap.TrialFailsOnce)) End(lease, new TrialOutcome.Failed("an error of the machine"));
        else if (cluster.Befalls(Mishap.TrialStopsUnasked)) End(lease, new TrialOutcome.Stopped());
        else if (epoch == _trial!.EndsIn && (_trial.Diverges || _trial.Fails)) End(lease, _trial.Outcome);
        else
        {
            cluster.KeepSnapshot(lease.Trial, epoch);
            node.Tell(new NodeMessage.EpochDone(lease, _trial.Report(epoch)));
            if (epoch == _trial.Epochs) End(lease, _trial.Outcome);
            else Await(lease, epoch + 1);
        }
    }

    private void End(Lease? lease, TrialOutcome outcome)
    {
        if (lease is null || Lease != lease) return;
        cluster.Ledger.End(outcome);
        Lease = null;
        node.Tell(new NodeMessage.TrialDone(lease, outcome));
    }
}
