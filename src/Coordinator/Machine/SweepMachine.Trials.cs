using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <content>Trials: how they report, and all the ways in which they end.</content>
public sealed partial class SweepMachine
{
    private void Report(TrialEntry trial, ToCoordinator.EpochReported reported)
    {
        if (reported.Report.Epoch <= trial.Epoch)
        {
            Dropped++;
            return;
        }
        trial.Epoch = reported.Report.Epoch;
        Save(new SweepEvent.EpochEnded(_now, reported.Lease, reported.Report));
        if (_source.Judge(trial.Spec, reported.Report) is { } verdict && trial.Ending is null) StopTrial(trial, TrialState.Pruned, verdict);
    }

    // Its slot stays taken until the node has answered: what it says by then counts.
    private void StopTrial(TrialEntry trial, TrialState state, string reason)
    {
        var lease = trial.Lease!;
        trial.Ending = (state, reason);
        Send(lease.Node, new ToNode.StopTrial(lease));
        Set(new SweepTimer.StopOverdue(lease), SweepRules.StopPatience);
    }

    private void TimeOut(Lease lease)
    {
        if (_ending is null && _trials.Under(lease) is { Ending: null } trial)
            StopTrial(trial, TrialState.Failed, $"ran for {_budgets.TrialTimeout!.Value.InWords()}, its trial_timeout");
    }

    private void GiveUp(Lease lease)
    {
        if (_trials.Under(lease) is not null) Lose(lease.Node, $"did not stop {lease.Trial} when it was asked to", silent: true);
    }

    private void EndTrial(TrialEntry trial, ToCoordinator.TrialEnded ended)
    {
        switch (ended.Outcome)
        {
            case TrialOutcome.Completed completed: Finish(trial, TrialState.Completed, completed.Result, null); break;
            case TrialOutcome.Diverged diverged: Finish(trial, TrialState.Diverged, null, $"{diverged.Reason} (epoch {diverged.Epoch}, step {diverged.Step})"); break;
            case TrialOutcome.Failed failed: Fail(trial, failed.Error); break;
            case TrialOutcome.Stopped when trial.Ending is { } ending: Finish(trial, ending.State, null, ending.Reason); break;
            case TrialOutcome.Stopped when _ending is not null: EndAttempt(trial, AttemptEnd.Stopped, "the sweep was stopped", due: false); break;
            // A node that is about to leave says so of each trial it is given: the wait keeps that from going round and round.
            case TrialOutcome.Stopped: RetryLater(trial, AttemptEnd.Stopped, "its node stopped it unasked", SweepRules.FirstBackoff); break;
            default: throw new InvalidOperationException($"No decision upon {ended.Outcome.GetType().Name}.");
        }
    }

    private void Fail(TrialEntry trial, string error)
    {
        if (++trial.Failures > _budgets.MaxRestarts) Finish(trial, TrialState.Failed, null, trial.Failures == 1 ? error : $"{error} (failed {trial.Failures} times)");
        else RetryLater(trial, AttemptEnd.Failed, error, SweepRules.BackoffAfter(trial.Failures));
    }

    private void RetryLater(TrialEntry trial, AttemptEnd end, string reason, TimeSpan wait)
    {
        EndAttempt(trial, end, reason, due: false);
        Set(new SweepTimer.RetryDue(trial.Number), wait);
    }

    private void LoseTrial(TrialEntry trial, string reason)
    {
        if (trial.Ending is { } ending) Finish(trial, ending.State, null, ending.Reason);
        else if (++trial.Losses < SweepRules.PoisonAfter) EndAttempt(trial, AttemptEnd.Lost, reason, due: true);
        else Finish(trial, TrialState.Failed, null, $"set aside: its node died under it {trial.Losses} times; the last time: {reason}");
    }

    private void Finish(TrialEntry trial, TrialState state, TrialResult? result, string? reason)
    {
        Save(new SweepEvent.TrialFinished(_now, Release(trial), state, result, reason));
        _trials.Finish(trial, state);
        _source.Ended(trial.Spec, state, result);
        if (result is not null) Take(trial.Spec.Id, result);
        if (_trials.Failed > _budgets.MaxFailed) Stop(SweepEnd.TooManyFailed, $"{_trials.Failed} trials have failed, more than max_failed, which is {_budgets.MaxFailed}");
    }

    private void Take(TrialId trial, TrialResult result)
    {
        if (_retention.Add(trial, result) is var (dropped, checkpoint))
        {
            Save(new SweepEvent.CheckpointDiscarded(_now, dropped, checkpoint));
            _effects.Add(new SweepEffect.Discard(checkpoint));
        }
        var value = _objective.Of(new EpochReport(result.BestEpoch, result.Train, result.Validation, result.Seconds));
        if (_budgets.Target is { } target && !_objective.IsBetter(target, value) && !double.IsNaN(value)) Stop(SweepEnd.TargetReached, $"{trial} has reached the target");
    }

    private void EndAttempt(TrialEntry trial, AttemptEnd end, string reason, bool due)
    {
        Save(new SweepEvent.AttemptEnded(_now, Release(trial), end, reason));
        _trials.Return(trial, due);
    }

    private Lease Release(TrialEntry trial)
    {
        var lease = trial.Lease!;
        _nodes.Find(lease.Node)?.Leases.Remove(lease);
        _running--;
        return lease;
    }
}
