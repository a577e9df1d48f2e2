using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <content>Trials: how they start, report, and all the ways in which they end.</content>
public sealed partial class SweepMachine
{
    /// <returns>False where it has no trial for this node now.</returns>
    internal bool StartOn(NodeEntry node)
    {
        if (!MayStart || _trials.Next(engine => _nodes.MayTrain(node, engine), trial => MayRunOn(trial, node), Draw) is not { } trial) return false;
        var lease = trial.LendTo(node.Id, _outbox.Now);
        node.Leases.Add(lease);
        Running++;
        // Saved before sent: a crash runs a trial again, it never loses one.
        Save(new SweepEvent.TrialStarted(_outbox.Now, lease, trial.Spec));
        _outbox.Send(node.Id, new ToNode.StartTrial(lease, trial.Spec));
        Bound(lease);
        return true;
    }

    /// <summary>Says which engines no node has, where that is news, and where it is over.</summary>
    internal void TellWhatNodesLack()
    {
        if (_ending is not null) return;
        foreach (var engine in _trials.Engines.Names)
        {
            var (before, waiting) = (_awaited.GetValueOrDefault(engine), _nodes.Lacks(engine) ? _trials.WaitingFor(engine, Running) : 0);
            if (waiting == before) continue;
            _awaited[engine] = waiting;
            Save(new SweepEvent.EngineAwaited(_outbox.Now, Name, engine, waiting, IsNews: before == 0 || waiting == 0));
        }
    }

    /// <returns>False where nobody wants it any more.</returns>
    internal bool OrderAgain(Lease lease)
    {
        var trial = _trials.Under(lease)!;
        if (_ending is not null || trial.Ending is not null) return false;
        _outbox.Send(lease.Node, new ToNode.StartTrial(lease, trial.Spec));
        Bound(lease);
        return true;
    }

    /// <summary>Its node, which has it still, may not have heard that it is to stop.</summary>
    internal void StopAgain(Lease lease)
    {
        var trial = _trials.Under(lease)!;
        if (trial.Ending is { } ending) StopTrial(trial, ending);
        else if (_ending is not null) _outbox.Send(lease.Node, new ToNode.StopTrial(lease));
    }

    internal bool Runs(Lease lease) => _trials.Under(lease) is not null;

    internal TrialSpec SpecOf(Lease lease) => _trials.Under(lease)!.Spec;

    internal TimeSpan AgeOf(Lease lease) => _outbox.Now - _trials.Under(lease)!.LentAt;

    /// <summary>Goes on under a lease of an earlier coordinator.</summary>
    internal void TakeUp(NodeEntry node, Lease lease)
    {
        node.Leases.Add(lease);
        // How long it has run is not known: its time starts anew.
        Bound(lease);
    }

    /// <returns>Whether it was news.</returns>
    internal bool Report(ToCoordinator.EpochReported reported)
    {
        var trial = _trials.Under(reported.Lease)!;
        if (reported.Report.Epoch <= trial.Epoch) return false;
        trial.Epoch = reported.Report.Epoch;
        Save(new SweepEvent.EpochEnded(_outbox.Now, reported.Lease, reported.Report));
        if (trial.Ending is not null) return true;
        if (_source.Judge(trial.Spec, reported.Report) is { } verdict) StopTrial(trial, new Ending(TrialState.Pruned, verdict));
        else BoundEpoch(reported.Lease);
        return true;
    }

    /// <summary>What was reported of a trial can't be: it fails, whatever its node still says of it.</summary>
    /// <returns>False where it is about to end already.</returns>
    internal bool Refuse(Lease lease, string fault)
    {
        var trial = _trials.Under(lease)!;
        if (trial.Ending is not null) return false;
        StopTrial(trial, new Ending(TrialState.Failed, fault, IsTriedAgain: true, IsFirm: true));
        return true;
    }

    internal void EndTrial(ToCoordinator.TrialEnded ended)
    {
        var trial = _trials.Under(ended.Lease)!;
        if (trial.Ending is { IsFirm: true } firm)
        {
            Conclude(trial, firm);
            return;
        }
        switch (ended.Outcome)
        {
            case TrialOutcome.Completed completed: Finish(trial, TrialState.Completed, completed.Result, null); break;
            case TrialOutcome.Diverged diverged:
                Finish(trial, TrialState.Diverged, null, $"{NodeWords.Shown(diverged.Reason)} (epoch {diverged.Epoch}, step {diverged.Step})");
                break;
            case TrialOutcome.Failed failed: Fail(trial, NodeWords.Shown(failed.Error)); break;
            case TrialOutcome.Stopped when trial.Ending is { } ending: Conclude(trial, ending); break;
            case TrialOutcome.Stopped when _ending is not null: EndAttempt(trial, AttemptEnd.Stopped, "the sweep was stopped"); break;
            // A node that is about to leave says so of each trial it is given: the wait keeps that from going round and round.
            case TrialOutcome.Stopped: RetryLater(trial, AttemptEnd.Stopped, "its node stopped it unasked", ClusterRules.FirstBackoff); break;
            default: throw new InvalidOperationException($"No decision upon {ended.Outcome.GetType().Name}.");
        }
    }

    /// <summary>Its node is lost, or has lost it.</summary>
    /// <param name="isDeath">Whether it may be the trial that has killed its node.</param>
    internal void Lose(Lease lease, string reason, bool isDeath)
    {
        var trial = _trials.Under(lease)!;
        if (trial.Ending is { } ending) Conclude(trial, ending);
        else if (!isDeath || ++trial.Losses < ClusterRules.PoisonAfter) RunAgain(trial, reason, isHeld: isDeath);
        else Finish(trial, TrialState.Failed, null, $"set aside: its node died under it {trial.Losses} times; the last time: {reason}");
    }

    /// <summary>It is broken off through no fault of its own, and runs again.</summary>
    internal void Interrupt(Lease lease, string reason) => RunAgain(_trials.Under(lease)!, reason, isHeld: false);

    // Saved, for nobody draws it again: a crash must not lose it.
    private void Draw(TrialEntry trial) => Save(new SweepEvent.TrialDrawn(_outbox.Now, trial.Spec));

    // Where it has failed before it is tried again only if there is no other node that could.
    private bool MayRunOn(TrialEntry trial, NodeEntry node) =>
        trial.FailedOn is not { } failed || !failed.Contains(node.Id) || !_nodes.HasOtherThan(failed, trial.Engine);

    private void Bound(Lease lease)
    {
        if (_budgets.TrialTimeout is { } timeout) _outbox.Set(new ClusterTimer.TrialTimeout(lease), timeout);
        BoundEpoch(lease);
    }

    private void BoundEpoch(Lease lease) => _outbox.Set(new ClusterTimer.EpochTimeout(lease), _budgets.EpochTimeout);

    // Its slot stays taken until the node has answered: what it says by then counts.
    private void StopTrial(TrialEntry trial, Ending ending)
    {
        var lease = trial.Lease!;
        trial.Ending = ending;
        _outbox.Send(lease.Node, new ToNode.StopTrial(lease));
        _outbox.Set(new ClusterTimer.StopOverdue(lease), ClusterRules.StopPatience);
    }

    private void TimeOut(Lease lease)
    {
        if (_ending is null && _trials.Under(lease) is { Ending: null } trial)
            StopTrial(trial, new Ending(TrialState.Failed, $"ran for {_budgets.TrialTimeout!.Value.InWords()}, its trial_timeout"));
    }

    private void StopHung(Lease lease)
    {
        if (_ending is null && _trials.Under(lease) is { Ending: null } trial)
            StopTrial(trial, new Ending(TrialState.Failed, $"no epoch ended for {_budgets.EpochTimeout.InWords()}, its epoch_timeout", IsTriedAgain: true));
    }

    private void Conclude(TrialEntry trial, Ending ending)
    {
        if (ending.IsTriedAgain) Fail(trial, ending.Reason);
        else Finish(trial, ending.State, null, ending.Reason);
    }

    private void Fail(TrialEntry trial, string error)
    {
        (trial.FailedOn ??= []).Add(trial.Lease!.Node);
        if (++trial.Failures > _budgets.MaxRestarts)
            Finish(trial, TrialState.Failed, null, trial.Failures == 1 ? error : $"{error} (failed {trial.Failures} times)");
        else RetryLater(trial, AttemptEnd.Failed, error, ClusterRules.BackoffAfter(trial.Failures));
    }

    private void RunAgain(TrialEntry trial, string reason, bool isHeld)
    {
        EndAttempt(trial, AttemptEnd.Lost, reason, isHeld);
        _trials.RetryDue(trial.Number);
    }

    private void RetryLater(TrialEntry trial, AttemptEnd end, string reason, TimeSpan wait)
    {
        EndAttempt(trial, end, reason, isHeld: end == AttemptEnd.Failed);
        _outbox.Set(new ClusterTimer.RetryDue(trial.Spec.Id), wait);
    }

    private void Finish(TrialEntry trial, TrialState state, TrialResult? result, string? reason)
    {
        Save(new SweepEvent.TrialFinished(_outbox.Now, Release(trial), state, result, reason));
        _trials.Finish(trial, state);
        _source.Ended(trial.Spec, state, result);
        if (result is not null) Take(trial.Spec.Id, result);
        if (_trials.Failed > _budgets.MaxFailed)
            Stop(SweepEnd.TooManyFailed, $"{_trials.Failed} trials have failed, more than max_failed, which is {_budgets.MaxFailed}");
    }

    private void Take(TrialId trial, TrialResult result)
    {
        if (_retention.Add(trial, result) is var (dropped, checkpoint))
        {
            Save(new SweepEvent.CheckpointDiscarded(_outbox.Now, dropped, checkpoint));
            _outbox.Add(new ClusterEffect.Discard(checkpoint));
        }
        var value = _objective.Of(result);
        if (_budgets.Target is { } target && !_objective.IsBetter(target, value) && !double.IsNaN(value))
            Stop(SweepEnd.TargetReached, $"{trial} has reached the target");
    }

    private void EndAttempt(TrialEntry trial, AttemptEnd end, string reason, bool isHeld = false)
    {
        Save(new SweepEvent.AttemptEnded(_outbox.Now, Release(trial), end, reason, isHeld));
        trial.Lease = null;
    }

    private Lease Release(TrialEntry trial)
    {
        var lease = trial.Lease!;
        if (_nodes.Find(lease.Node) is { } node) _nodes.Free(node, lease);
        Running--;
        _outbox.Add(new ClusterEffect.ClearTimer(new ClusterTimer.EpochTimeout(lease)));
        if (_budgets.TrialTimeout is not null) _outbox.Add(new ClusterEffect.ClearTimer(new ClusterTimer.TrialTimeout(lease)));
        if (trial.Ending is not null) _outbox.Add(new ClusterEffect.ClearTimer(new ClusterTimer.StopOverdue(lease)));
        return lease;
    }
}
