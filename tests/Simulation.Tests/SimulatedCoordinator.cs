using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Simulation.Tests;

/// <summary>A coordinator's process: its own links, machine and batches, over a store that outlives it.</summary>
internal sealed class SimulatedCoordinator : SimulatedProcess
{
    private readonly SimulatedCluster _cluster;
    private readonly LinkTable _links;
    private readonly ClusterBatch _batch;
    private readonly Queue<Action<DateTimeOffset>> _mailbox = [];
    private readonly Dictionary<object, long> _timers = [];
    private readonly HashSet<string> _inWork = [];
    private long _timersSet;
    private int? _stepsLeft;
    private bool _isBusy;
    private bool _isHandedOver;

    /// <param name="uid">One of its kind.</param>
    public SimulatedCoordinator(SimulatedCluster cluster, long uid) : base(cluster.Clock)
    {
        (_cluster, Uid, _links) = (cluster, uid, new LinkTable(uid));
        _batch = new ClusterBatch(new ClusterMachine(isStanding: true));
    }

    public long Uid { get; }

    /// <summary>Takes up what an earlier one worked on when it ended.</summary>
    public void Start()
    {
        foreach (var sweep in _cluster.Store.Sweeps().Where(sweep => sweep.End is null)) TakeUp(sweep, staysPaused: true);
    }

    public bool Works(string sweep) => _inWork.Contains(sweep);

    public void TakeUp(SweepRecord sweep, bool staysPaused)
    {
        var launch = SweepLaunch.Of(SimulatedSweeps.FileOf(sweep.Source), sweep, _cluster.Store, new StoreFolder(""), staysPaused);
        _inWork.Add(sweep.Name);
        Tell(new ClusterMessage.Begin(launch.Machine));
    }

    public void Hear(LinkMessage message) => Do(() => Link(message));

    public void Tell(ClusterMessage message) => Do(() => Take(now => _batch.Take(message, now)));

    public void Drain(NodeId node) => Tell(new ClusterMessage.DrainAsked(node, Id: 0));

    /// <summary>Ends between two batches: another one goes on.</summary>
    public void HandOver() => Do(() =>
    {
        _isHandedOver = true;
        if (!_isBusy) Work();
    });

    /// <summary>Dies before or behind one of the steps that are to come.</summary>
    public void DieAfter(int steps) => _stepsLeft ??= steps;

    private void Link(LinkMessage message)
    {
        foreach (var effect in _links.On(message))
        {
            switch (effect)
            {
                case LinkEffect.Send send: Send(send); break;
                case LinkEffect.Pass pass: Take(now => _batch.Take(pass, now)); break;
                case LinkEffect.Gone gone: Take(now => _batch.Take(gone, now)); break;
                case LinkEffect.Down down: _cluster.Network.ShutOut(down.Peer); break;
                case LinkEffect.Release: break;
                case LinkEffect.Doubt doubt:
                    Set(doubt.Node, doubt.After, isDue =>
                    {
                        if (isDue()) Link(new LinkMessage.DoubtOver(doubt.Node, doubt.Number));
                    });
                    break;
                default: throw new SimulationException($"the links wanted {effect}");
            }
        }
    }

    private void Send(LinkEffect.Send send)
    {
        if (_cluster.Network.NodeOf(send.Peer) is { } node) _cluster.Ledger.Check(node, send.Word);
        _cluster.Network.SendDown(send.Peer, send.Word);
    }

    private void Take(Action<DateTimeOffset> take)
    {
        _mailbox.Enqueue(take);
        if (_isBusy) return;
        _isBusy = true;
        // More may come until then.
        After(_cluster.Chance.Seconds(0, 0.003), Work);
    }

    private void Work()
    {
        _isBusy = true;
        while (!_batch.IsFull && _mailbox.TryDequeue(out var take)) take(_cluster.Clock.GetUtcNow());
        GoOn(new Queue<BatchStep>(_batch.Close()));
    }

    private void GoOn(Queue<BatchStep> steps)
    {
        while (steps.TryDequeue(out var step))
        {
            if (step is BatchStep.Save save)
            {
                After(_cluster.WriteTime(), () =>
                {
                    if (MustDie()) return;
                    foreach (var happened in save.Events) _cluster.Trace?.Invoke($"saves {happened}");
                    _cluster.Ledger.Append(save.Events);
                    if (!MustDie()) GoOn(steps);
                });
                return;
            }
            Perform(step);
            if (MustDie()) return;
        }
        _isBusy = false;
        if (_isHandedOver) _cluster.EndCoordinator("hands over");
        else if (_mailbox.Count > 0) Work();
    }

    private bool MustDie()
    {
        if (_stepsLeft is not { } left || (_stepsLeft = left - 1) > 0) return false;
        _cluster.EndCoordinator("dies between two steps");
        return true;
    }

    private void Perform(BatchStep step)
    {
        switch (step)
        {
            case BatchStep.Tell tell: Link(tell.Message); break;
            case BatchStep.Act { Effect: ClusterEffect.SetTimer set }:
                Set(set.Timer, set.After, isDue => Take(now =>
                {
                    if (isDue()) _batch.Take(new ClusterMessage.TimerFired(set.Timer), now);
                }));
                break;
            case BatchStep.Act { Effect: ClusterEffect.ClearTimer clear }: _timers.Remove(clear.Timer); break;
            case BatchStep.Act { Effect: ClusterEffect.Discard discard }: _cluster.Ledger.Discard(discard.Checkpoint); break;
            case BatchStep.Act { Effect: ClusterEffect.Answer answer }: _cluster.Trace?.Invoke($"answers {answer}"); break;
            case BatchStep.Show show: Show(show.Happened); break;
            default: throw new SimulationException($"no way to perform {step}");
        }
    }

    private void Show(SweepEvent happened)
    {
        if (happened is SweepEvent.SweepEnded ended) _inWork.Remove(ended.Sweep);
    }

    // One that is set anew or cleared while its message waits does not fire, as those of Akka.
    private void Set(object timer, TimeSpan after, Action<Func<bool>> fire)
    {
        var number = _timers[timer] = ++_timersSet;
        After(after, () => fire(() => _timers.TryGetValue(timer, out var current) && current == number && _timers.Remove(timer)));
    }
}
