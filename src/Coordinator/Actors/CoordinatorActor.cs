using Akka.Actor;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>
/// The shell around a cluster's machine. What waits in its mailbox is one batch: decided message by message, then saved in one transaction, then acted upon.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor, IWithTimers, IWithStash
{
    private readonly CoordinatorWork _work;
    private readonly ClusterBatch _batch;
    private readonly Dictionary<long, IActorRef> _askers = [];
    private Action<SweepEvent> _observe = _ => { };
    private IActorRef _links = ActorRefs.Nobody;
    private long _asks;
    private bool _isHandedOver;

    /// <param name="createLinks">As a child of this one, which is given to it. Gets <see cref="LinkMessage"/>s, and tells <see cref="LinkEffect"/>s.</param>
    public CoordinatorActor(CoordinatorWork work, Func<IActorRefFactory, IActorRef, IActorRef> createLinks)
    {
        (_work, _batch) = (work, new ClusterBatch(work.Machine));
        // Nodes come when all that they may speak of is known.
        Receive<Begin>(begin =>
        {
            (_observe, _links) = (begin.Observe, createLinks(Context, Self));
            Become(Working);
            Stash.UnstashAll();
        });
        ReceiveAny(_ => Stash.Stash());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => KillResumes.Else(Fail);

    protected override void PostStop() => _work.Done.TrySetException(new NodesException("the coordinator's actor was stopped: it has to start again"));

    private void Working()
    {
        Receive<LinkEffect.Pass>(pass => Take(now => _batch.Take(pass with { Message = Checked(pass.Node, pass.Message) }, now)));
        Receive<LinkEffect.Gone>(gone => Take(now => _batch.Take(gone, now)));
        Receive<ClusterMessage>(message => Take(now => _batch.Take(message, now)));
        Receive<LinkMessage>(_links.Tell);
        Receive<Ask>(ask =>
        {
            _askers[++_asks] = Sender;
            var message = ask.Message(_asks);
            Take(now => _batch.Take(message, now));
        });
        Receive<Flush>(_ => Guard(DoBatch));
        Receive<HandOver>(_ =>
        {
            _isHandedOver = true;
            Guard(DoBatch);
        });
        Receive<PutOut>(_ => Fail(new NodesException("the coordinator was put out of its own cluster: it has to start again")));
    }

    private void Ended()
    {
        Receive<Ask>(ask => Sender.Tell(CoordinatorWork.Refusal));
        ReceiveAny(_ => { });
    }

    private void Take(Action<DateTimeOffset> take)
    {
        if (_batch.IsEmpty)
        {
            _work.Busy();
            // Behind all that waits now.
            Self.Tell(new Flush());
        }
        Guard(() => take(_work.Time.GetUtcNow()));
        if (_batch.IsFull) Guard(DoBatch);
    }

    private void DoBatch()
    {
        var end = _batch.End;
        if (end is not null) _work.IsEnding = true;
        foreach (var step in _batch.Close()) Perform(step);
        _work.Idle();
        if (end is not null || _isHandedOver) Finish(() => _work.Done.TrySetResult(end));
    }

    private void Perform(BatchStep step)
    {
        switch (step)
        {
            case BatchStep.Save save: _work.Append(save.Events); break;
            case BatchStep.Tell tell: _links.Tell(tell.Message); break;
            case BatchStep.Act { Effect: ClusterEffect.SetTimer set }:
                Timers.StartSingleTimer(set.Timer, new ClusterMessage.TimerFired(set.Timer), set.After);
                break;
            case BatchStep.Act { Effect: ClusterEffect.ClearTimer clear }: Timers.Cancel(clear.Timer); break;
            case BatchStep.Act { Effect: ClusterEffect.Discard discard }: _work.Discard(discard.Checkpoint); break;
            case BatchStep.Act { Effect: ClusterEffect.Answer answer }: if (_askers.Remove(answer.Id, out var asker)) asker.Tell(answer); break;
            case BatchStep.Show show: _observe(show.Happened); break;
            default: throw new InvalidOperationException($"No way to perform {step}.");
        }
    }

    // A node may have been given another folder, and what it wrote there nobody would find.
    private ToCoordinator Checked(NodeId node, ToCoordinator message) =>
        message is ToCoordinator.TrialEnded { Outcome: TrialOutcome.Completed { Result: var result } } ended && !_work.HasCheckpoint(result.Checkpoint)
            ? ended with
            {
                Outcome = new TrialOutcome.Failed(
                    $"its checkpoint is not in the coordinator's store: give node {node} that folder as --store, or --coordinator URL"),
            }
            : message;

    private void Guard(Action act)
    {
        try
        {
            act();
        }
#pragma warning disable CA1031 // The work ends with it, in its own words.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(fault);
        }
    }

    // Nothing unsaved was sent. The nodes of a cluster that ends with its sweeps are told to leave.
    private void Fail(Exception fault)
    {
        _work.IsEnding = true;
        if (!_work.Machine.IsStanding)
            foreach (var node in _work.Machine.Nodes) _links.Tell(new LinkMessage.Order(node, [new ToNode.Leave()]));
        Finish(() => _work.Done.TrySetException(fault));
    }

    private void Finish(Action tell)
    {
        Timers.CancelAll();
        foreach (var asker in _askers.Values) asker.Tell(CoordinatorWork.Refusal);
        _askers.Clear();
        Become(Ended);
        tell();
    }

    /// <summary>All that was told before waits for this.</summary>
    public sealed record Begin(Action<SweepEvent> Observe);

    /// <summary>Answered with a <see cref="ClusterEffect.Answer"/>.</summary>
    public sealed record Ask(Func<long, ClusterMessage> Message);

    /// <summary>Another coordinator will go on.</summary>
    public sealed record HandOver;

    /// <summary>The coordinator is no member of its cluster any more.</summary>
    public sealed record PutOut;

    private sealed record Flush;
}
