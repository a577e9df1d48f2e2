using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>All decisions about one sweep: which trial runs where, what happens when it fails or its node dies, and when the sweep ends.</summary>
/// <remarks>The cost of a message does not depend on the number of trials.</remarks>
/// <param name="specOf">The trial of a number, 1 to <paramref name="total"/>; asked when the trial is first started.</param>
/// <param name="earlier">What is stored of the sweep: finished trials stay so, the others run again under new leases.</param>
public sealed class SweepMachine(string sweep, int total, Func<int, TrialSpec> specOf, IReadOnlyList<TrialRecord> earlier)
{
    private readonly TrialTable _trials = new(total, specOf, earlier);
    private readonly NodeTable _nodes = new();
    private List<SweepEffect> _effects = [];
    private DateTimeOffset _now;
    private int _running;
    private bool _stopping;
    private bool _ended;

    /// <summary>How many messages came under leases or from nodes that are not current.</summary>
    public long Dropped { get; private set; }

    public IEnumerable<NodeId> Nodes => _nodes.All.Select(node => node.Id);

    public IReadOnlyList<SweepEffect> On(SweepMessage message, DateTimeOffset now)
    {
        if (_ended) return [];
        (_effects, _now) = ([], now);
        Handle(message);
        if (!_ended) Advance();
        return _effects;
    }

    private void Handle(SweepMessage message)
    {
        switch (message)
        {
            case SweepMessage.Begin: Save(new SweepEvent.SweepStarted(_now, sweep, total, _trials.Finished)); break;
            case SweepMessage.NodeSaid said: Hear(said.Node, said.Message); break;
            case SweepMessage.NodeDisconnected { Node: var node, Reason: var reason }: Lose(node, reason, silent: false); break;
            case SweepMessage.TimerFired fired: HandleTimer(fired.Timer); break;
            case SweepMessage.StopRequested: Stop(); break;
            case SweepMessage.NodesGivenUp { Reason: var reason }: End(_stopping ? SweepEnd.Stopped : SweepEnd.NoNodes, reason); break;
            default: throw new InvalidOperationException($"No decision upon {message.GetType().Name}.");
        }
    }

    private void HandleTimer(SweepTimer timer)
    {
        switch (timer)
        {
            case SweepTimer.SilenceCheck check: CheckSilence(check); break;
            case SweepTimer.RetryDue retry: _trials.RetryDue(retry.Trial); break;
            case SweepTimer.StopPatience: End(SweepEnd.Stopped); break;
            default: throw new InvalidOperationException($"No decision upon {timer.GetType().Name}.");
        }
    }

    private void Hear(NodeId id, ToCoordinator message)
    {
        if (message is ToCoordinator.NodeJoined joined && joined.Node.Id == id)
        {
            Join(joined.Node, joined.Held);
            return;
        }
        if (_nodes.Find(id) is not { } node)
        {
            Dropped++;
            // Its trials run elsewhere by now. It may come back as a new node.
            if (_nodes.WasSilent(id)) Send(id, new ToNode.Leave());
            return;
        }
        node.Heard();
        switch (message)
        {
            case ToCoordinator.NodeAlive: break;
            case ToCoordinator.EpochReported reported when Current(node, reported.Lease) is { } trial: Report(trial, reported); break;
            case ToCoordinator.TrialEnded ended when Current(node, ended.Lease) is { } trial: EndTrial(trial, ended); break;
            default: Dropped++; break;
        }
    }

    private TrialEntry? Current(NodeEntry node, Lease lease) => lease.Node == node.Id ? _trials.Under(lease) : null;

    private void Join(NodeDescription description, IReadOnlyList<Lease> held)
    {
        if (_nodes.Find(description.Id) is { } known)
        {
            if (known.Description == description)
            {
                Reconcile(known, held);
                return;
            }
            Lose(known.Id, "another node came under its name", silent: false);
        }
        var node = _nodes.Add(description);
        Save(new SweepEvent.NodeConnected(_now, description));
        Set(new SweepTimer.SilenceCheck(node.Id), SweepRules.SilenceCheck);
        foreach (var lease in held) TakeUp(node, lease);
    }

    // It connected again before its going was noticed: messages may be lost, in both directions.
    private void Reconcile(NodeEntry node, IReadOnlyList<Lease> held)
    {
        node.Heard();
        foreach (var lease in held.Except(node.Leases).ToList()) Send(node.Id, new ToNode.StopTrial(lease));
        foreach (var lease in node.Leases.Except(held).ToList())
        {
            Send(node.Id, new ToNode.StopTrial(lease));
            LoseTrial(_trials.Under(lease)!, "its node came back without it");
        }
    }

    private void TakeUp(NodeEntry node, Lease lease)
    {
        if (_stopping || lease.Node != node.Id || _trials.TakeUp(lease) is null)
        {
            Send(node.Id, new ToNode.StopTrial(lease));
            return;
        }
        node.Leases.Add(lease);
        _running++;
    }

    private void Report(TrialEntry trial, ToCoordinator.EpochReported reported)
    {
        if (reported.Report.Epoch <= trial.Epoch)
        {
            Dropped++;
            return;
        }
        trial.Epoch = reported.Report.Epoch;
        Save(new SweepEvent.EpochEnded(_now, reported.Lease, reported.Report));
    }

    private void EndTrial(TrialEntry trial, ToCoordinator.TrialEnded ended)
    {
        switch (ended.Outcome)
        {
            case TrialOutcome.Completed completed: Finish(trial, TrialState.Completed, completed.Result, null); break;
            case TrialOutcome.Diverged diverged: Finish(trial, TrialState.Diverged, null, $"{diverged.Reason} (epoch {diverged.Epoch}, step {diverged.Step})"); break;
            case TrialOutcome.Failed failed: Fail(trial, failed.Error); break;
            case TrialOutcome.Stopped when _stopping: EndAttempt(trial, AttemptEnd.Stopped, "the sweep was stopped", TrialPhase.Waiting); break;
            // A node that is about to leave says so of each trial it is given: the wait keeps that from going round and round.
            case TrialOutcome.Stopped: RetryLater(trial, AttemptEnd.Stopped, "its node stopped it unasked", SweepRules.FirstBackoff); break;
            default: throw new InvalidOperationException($"No decision upon {ended.Outcome.GetType().Name}.");
        }
    }

    private void Fail(TrialEntry trial, string error)
    {
        if (++trial.Failures > SweepRules.MaxRestarts) Finish(trial, TrialState.Failed, null, $"{error} (failed {trial.Failures} times)");
        else RetryLater(trial, AttemptEnd.Failed, error, SweepRules.BackoffAfter(trial.Failures));
    }

    private void RetryLater(TrialEntry trial, AttemptEnd end, string reason, TimeSpan wait)
    {
        EndAttempt(trial, end, reason, TrialPhase.Waiting);
        Set(new SweepTimer.RetryDue(trial.Spec.Id.Number), wait);
    }

    private void CheckSilence(SweepTimer.SilenceCheck check)
    {
        if (_nodes.Find(check.Node) is not { } node) return;
        if (node.Check() < SweepRules.SilentChecks) Set(check, SweepRules.SilenceCheck);
        else Lose(node.Id, $"silent for {(SweepRules.SilenceCheck * SweepRules.SilentChecks).TotalSeconds} s", silent: true);
    }

    private void Lose(NodeId id, string reason, bool silent)
    {
        if (_nodes.Find(id) is not { } node) return;
        _nodes.Remove(node, silent);
        Save(new SweepEvent.NodeLost(_now, id, reason));
        foreach (var lease in node.Leases.ToList()) LoseTrial(_trials.Under(lease)!, reason);
    }

    private void LoseTrial(TrialEntry trial, string reason)
    {
        if (++trial.Losses < SweepRules.PoisonAfter) EndAttempt(trial, AttemptEnd.Lost, reason, TrialPhase.Due);
        else Finish(trial, TrialState.Failed, null, $"set aside: its node died under it {trial.Losses} times; the last time: {reason}");
    }

    private void Finish(TrialEntry trial, TrialState state, TrialResult? result, string? reason)
    {
        Save(new SweepEvent.TrialFinished(_now, Release(trial), state, result, reason));
        _trials.Finish(trial);
    }

    private void EndAttempt(TrialEntry trial, AttemptEnd end, string reason, TrialPhase next)
    {
        Save(new SweepEvent.AttemptEnded(_now, Release(trial), end, reason));
        if (next == TrialPhase.Due) _trials.Return(trial);
        else trial.Leave(next);
    }

    private Lease Release(TrialEntry trial)
    {
        var lease = trial.Lease!;
        _nodes.Find(lease.Node)?.Leases.Remove(lease);
        _running--;
        return lease;
    }

    private void Stop()
    {
        if (_stopping) return;
        _stopping = true;
        foreach (var node in _nodes.All)
            foreach (var lease in node.Leases) Send(node.Id, new ToNode.StopTrial(lease));
        Set(new SweepTimer.StopPatience(), SweepRules.StopPatience);
    }

    private void Advance()
    {
        if (_trials.AllFinished) End(SweepEnd.Complete);
        else if (!_stopping) Dispatch();
        else if (_running == 0) End(SweepEnd.Stopped);
    }

    private void Dispatch()
    {
        while (_nodes.LeastLoaded() is { } node && _trials.Next() is { } trial)
        {
            var lease = trial.LendTo(node.Id);
            node.Leases.Add(lease);
            _running++;
            // Saved before sent: a crash runs a trial again, it never loses one.
            Save(new SweepEvent.TrialStarted(_now, lease, trial.Spec));
            Send(node.Id, new ToNode.StartTrial(lease, trial.Spec));
        }
    }

    private void End(SweepEnd how, string? reason = null)
    {
        var left = how == SweepEnd.NoNodes ? "no node could be kept running" : "the sweep was stopped, and its node did not answer";
        foreach (var lease in _nodes.All.SelectMany(node => node.Leases).ToList()) EndAttempt(_trials.Under(lease)!, AttemptEnd.Stopped, left, TrialPhase.Waiting);
        // No trial stands as running in a sweep that has ended.
        foreach (var lease in _trials.Orphans) Save(new SweepEvent.AttemptEnded(_now, lease, AttemptEnd.Lost, "its coordinator ended"));
        Save(new SweepEvent.SweepEnded(_now, sweep, how));
        foreach (var node in _nodes.All) Send(node.Id, new ToNode.Leave());
        _effects.Add(new SweepEffect.End(how, reason));
        _ended = true;
    }

    private void Save(SweepEvent happened) => _effects.Add(new SweepEffect.Save(happened));

    private void Send(NodeId node, ToNode message) => _effects.Add(new SweepEffect.Send(node, message));

    private void Set(SweepTimer timer, TimeSpan after) => _effects.Add(new SweepEffect.SetTimer(timer, after));
}
