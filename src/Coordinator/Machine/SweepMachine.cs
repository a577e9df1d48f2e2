using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>All decisions about one sweep: which trial is next, what happens when one fails or its node dies, and when the sweep ends.</summary>
public sealed partial class SweepMachine
{
    private readonly ITrialSource _source;
    private readonly Objective _objective;
    private readonly SweepBudgets _budgets;
    private readonly TrialTable _trials;
    private readonly Retention _retention;
    private readonly SweepChange.Ending? _begunEnding;

    // The engines that no node has, each with how many trials wait for it, as was said.
    private readonly Dictionary<string, int> _awaited = [];
    private Outbox _outbox = new();
    private NodeTable _nodes = new();
    private int _total;
    private bool _paused;

    // Once it is set, running trials are stopped, and none is started.
    private (SweepEnd How, string? Reason)? _ending;

    /// <param name="source">Gives the trials that were never started.</param>
    public SweepMachine(string sweep, ITrialSource source, SweepPast past)
    {
        (Name, _source, _objective, _budgets) = (sweep, source, source.Spec.Objective, source.Spec.Budgets);
        (_total, _paused) = (source.Total, past.IsPaused);
        _trials = new TrialTable(source, past);
        _retention = new Retention(_objective, _budgets.Retain);
        _begunEnding = past.Ending;
        foreach (var record in past.Trials)
            if (record is { Result: { } result, CheckpointKept: true }) _retention.Add(record.Spec.Id, result);
    }

    public string Name { get; }

    /// <summary>How many trials are in work.</summary>
    internal int Running { get; private set; }

    /// <summary>Which start of the whole cluster its last was.</summary>
    internal long LastStart { get; set; }

    /// <summary>Null while it runs.</summary>
    internal (SweepEnd How, string? Reason)? End { get; private set; }

    internal bool MayStart => _ending is null && !_paused && !(Running >= _budgets.Parallel) && _trials.HasNext;

    /// <summary>Whether there may be a trial for a node of its engines.</summary>
    internal bool MayStartOn(NodeEntry node) => MayStart && _trials.HasNextFor(engine => _nodes.MayTrain(node, engine));

    /// <summary>Becomes a part of a cluster.</summary>
    /// <returns>The leases that an earlier coordinator gave and never saw the end of: each is to be taken up or lost.</returns>
    internal IReadOnlyList<Lease> Begin(Outbox outbox, NodeTable nodes)
    {
        (_outbox, _nodes) = (outbox, nodes);
        Save(new SweepEvent.SweepStarted(_outbox.Now, Name, _total, _trials.Finished));
        if (_budgets.SweepTimeout is { } timeout) _outbox.Set(new ClusterTimer.SweepTimeout(Name), timeout);
        foreach (var trial in _trials.Waiting) _outbox.Set(new ClusterTimer.RetryDue(trial.Spec.Id), trial.BackoffLeft(_outbox.Now));
        var running = _trials.Running;
        Running = running.Count;
        if (_begunEnding is { } ending) Stop(ending.How, ending.Reason);
        return running;
    }

    internal void Fire(ClusterTimer timer)
    {
        switch (timer)
        {
            case ClusterTimer.RetryDue retry: _trials.RetryDue(retry.Trial.Number); break;
            case ClusterTimer.TrialTimeout timeout: TimeOut(timeout.Lease); break;
            case ClusterTimer.EpochTimeout timeout: StopHung(timeout.Lease); break;
            case ClusterTimer.SweepTimeout: Stop(SweepEnd.TimedOut, $"sweep_timeout is {_budgets.SweepTimeout!.Value.InWords()}"); break;
            // Of an earlier end of the sweep, which goes on by now, there may be one left.
            case ClusterTimer.StopPatience: if (_ending is { } ending) EndNow(ending, "the sweep was stopped, and its node did not answer"); break;
            default: throw new InvalidOperationException($"No decision upon {timer.GetType().Name}.");
        }
    }

    /// <param name="completed">The sweep's completed trials, where the command is about the best of them.</param>
    internal (bool Accepted, string Message) Obey(SweepCommand command, IReadOnlyList<TrialRecord> completed) => (command, _ending) switch
    {
        (_, not null) => (false, $"{Name} is ending already."),
        (SweepCommand.Pause, _) when _paused => (false, $"{Name} is paused already."),
        (SweepCommand.Pause, _) => (true, Pause()),
        (SweepCommand.Resume, _) when !_paused => (false, $"{Name} is not paused."),
        (SweepCommand.Resume, _) => (true, Resume()),
        (SweepCommand.Cancel, _) => (true, Cancel()),
        (SweepCommand.Extend extend, _) => Extend(extend, completed),
        (SweepCommand.RerunFailed, _) when _trials.Failed == 0 => (false, $"No trial of {Name} has failed."),
        (SweepCommand.RerunFailed, _) => (true, RerunFailed()),
        _ => throw new InvalidOperationException($"No decision upon {command.GetType().Name}."),
    };

    internal void Stop(SweepEnd how, string? reason = null)
    {
        if (_ending is not null) return;
        _ending = (how, reason);
        // What was promised for good is kept, whatever happens until its trials have stopped.
        if (Running > 0 && how.IsFinal() && _begunEnding is null) Change(new SweepChange.Ending(how, reason));
        foreach (var lease in _trials.Running) _outbox.Send(lease.Node, new ToNode.StopTrial(lease));
        _outbox.Set(new ClusterTimer.StopPatience(Name), ClusterRules.StopPatience);
    }

    internal void EndWithoutNodes(string reason) => EndNow(_ending ?? (SweepEnd.NoNodes, reason), "no node could be kept running");

    /// <summary>Ends it where nothing is left to do.</summary>
    internal void Conclude()
    {
        if (End is not null) return;
        if (_total != _source.Total) Change(new SweepChange.FewerTrials());
        if (_trials.AllFinished) EndNow((SweepEnd.Complete, null), "");
        else if (_ending is { } ending && Running == 0) EndNow(ending, "");
    }

    private string Pause()
    {
        _paused = true;
        Change(new SweepChange.Paused());
        return Running == 0 ? $"{Name} is paused." : $"{Name} is paused: {Running} running end as they would, no others start.";
    }

    private string Resume()
    {
        _paused = false;
        Change(new SweepChange.Resumed());
        return $"{Name} goes on.";
    }

    private string Cancel()
    {
        Stop(SweepEnd.Cancelled);
        return $"{Name} is cancelled: what was finished stays.";
    }

    private (bool Accepted, string Message) Extend(SweepCommand.Extend command, IReadOnlyList<TrialRecord> completed)
    {
        try
        {
            return Extending.Of(command, _source, completed) is { } change ? Extend(change) : (false, Extending.Refusal(command, Name, _source.Spec));
        }
        catch (SweepFileException faults)
        {
            // Only who knows all changes before can tell whether a parameter may be drawn so.
            return (false, faults.Message);
        }
    }

    private (bool Accepted, string Message) Extend(SweepChange.Extended change)
    {
        _source.Extend(change.AsExtension());
        _trials.LookAgain();
        if (_source.Total == _total && change.Parameters.Count == 0) return (false, $"{Name} has tried all that there is to try.");
        var before = _total;
        Change(change);
        return (true, $"{Name} has {_total} trials now, {_total - before} more.");
    }

    private string RerunFailed()
    {
        var reopened = _trials.ReopenFailed();
        Change(new SweepChange.FailedReopened(reopened));
        return $"{reopened.Count} failed of {Name} run again.";
    }

    private void Change(SweepChange change)
    {
        _total = _source.Total;
        Save(new SweepEvent.SweepChanged(_outbox.Now, Name, change, _total));
    }

    private void EndNow((SweepEnd How, string? Reason) ending, string left)
    {
        if (End is not null) return;
        foreach (var lease in _trials.Running)
        {
            EndAttempt(_trials.Under(lease)!, AttemptEnd.Stopped, left);
            _nodes.Leave(lease);
            _outbox.Set(new ClusterTimer.StopOverdue(lease), ClusterRules.StopPatience);
        }
        _outbox.Add(new ClusterEffect.ClearTimer(new ClusterTimer.StopPatience(Name)));
        Save(new SweepEvent.SweepEnded(_outbox.Now, Name, ending.How, ending.Reason));
        End = ending;
    }

    private void Save(SweepEvent happened) => _outbox.Save(happened);
}
