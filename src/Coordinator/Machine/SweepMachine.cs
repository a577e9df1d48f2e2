using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>All decisions about one sweep: which trial runs where, what happens when it fails or its node dies, and when the sweep ends.</summary>
/// <remarks>The cost of a message does not depend on the number of trials.</remarks>
public sealed partial class SweepMachine
{
    private readonly string _sweep;
    private readonly ITrialSource _source;
    private readonly Objective _objective;
    private readonly SweepBudgets _budgets;
    private readonly TrialTable _trials;
    private readonly Retention _retention;
    private readonly NodeTable _nodes = new();
    private List<SweepEffect> _effects = [];
    private DateTimeOffset _now;
    private int _total;
    private int _running;
    private bool _paused;
    private bool _ended;

    // Once it is set, running trials are stopped, and none is started.
    private (SweepEnd How, string? Reason)? _ending;

    /// <param name="source">Gives the trials that were never started.</param>
    /// <param name="earlier">What is stored of the sweep: finished trials stay so, the others run again under new leases.</param>
    public SweepMachine(string sweep, ITrialSource source, Objective objective, SweepBudgets budgets, IReadOnlyList<TrialRecord> earlier)
    {
        (_sweep, _source, _objective, _budgets, _total) = (sweep, source, objective, budgets, source.Total);
        _trials = new TrialTable(source, earlier);
        _retention = new Retention(objective, budgets.Retain);
        foreach (var record in earlier)
            if (record is { Result: { } result, CheckpointKept: true }) _retention.Add(record.Spec.Id, result);
    }

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
            case SweepMessage.Begin: Begin(); break;
            case SweepMessage.NodeSaid said: Hear(said.Node, said.Message); break;
            case SweepMessage.NodeDisconnected { Node: var node, Reason: var reason }: Lose(node, reason, silent: false); break;
            case SweepMessage.TimerFired fired: HandleTimer(fired.Timer); break;
            case SweepMessage.Commanded commanded: Obey(commanded.Command, commanded.Id); break;
            case SweepMessage.StopRequested: Stop(SweepEnd.Stopped); break;
            case SweepMessage.NodesGivenUp { Reason: var reason }: End(_ending ?? (SweepEnd.NoNodes, reason)); break;
            default: throw new InvalidOperationException($"No decision upon {message.GetType().Name}.");
        }
    }

    private void HandleTimer(SweepTimer timer)
    {
        switch (timer)
        {
            case SweepTimer.SilenceCheck check: CheckSilence(check); break;
            case SweepTimer.RetryDue retry: _trials.RetryDue(retry.Trial); break;
            case SweepTimer.TrialTimeout timeout: TimeOut(timeout.Lease); break;
            case SweepTimer.StopOverdue overdue: GiveUp(overdue.Lease); break;
            case SweepTimer.SweepTimeout: Stop(SweepEnd.TimedOut, $"sweep_timeout is {_budgets.SweepTimeout!.Value.InWords()}"); break;
            case SweepTimer.StopPatience: End(_ending!.Value); break;
            default: throw new InvalidOperationException($"No decision upon {timer.GetType().Name}.");
        }
    }

    private void Begin()
    {
        Save(new SweepEvent.SweepStarted(_now, _sweep, _total, _trials.Finished));
        if (_budgets.SweepTimeout is { } timeout) Set(new SweepTimer.SweepTimeout(), timeout);
    }

    private void Obey(SweepCommand command, long id)
    {
        var (accepted, message) = (command, _ending) switch
        {
            (_, not null) => (false, $"{_sweep} is ending already."),
            (SweepCommand.Pause, _) when _paused => (false, $"{_sweep} is paused already."),
            (SweepCommand.Pause, _) => (true, Pause()),
            (SweepCommand.Resume, _) when !_paused => (false, $"{_sweep} is not paused."),
            (SweepCommand.Resume, _) => (true, Resume()),
            (SweepCommand.Cancel, _) => (true, Cancel()),
            (SweepCommand.Extend(var change), _) => Extend(change),
            (SweepCommand.RerunFailed, _) when _trials.Failed == 0 => (false, $"No trial of {_sweep} has failed."),
            (SweepCommand.RerunFailed, _) => (true, RerunFailed()),
            _ => throw new InvalidOperationException($"No decision upon {command.GetType().Name}."),
        };
        _effects.Add(new SweepEffect.Answer(id, accepted, message));
    }

    private string Pause()
    {
        _paused = true;
        Change(new SweepChange.Paused());
        return _running == 0 ? $"{_sweep} is paused." : $"{_sweep} is paused: {_running} running end as they would, no others start.";
    }

    private string Resume()
    {
        _paused = false;
        Change(new SweepChange.Resumed());
        return $"{_sweep} goes on.";
    }

    private string Cancel()
    {
        Stop(SweepEnd.Cancelled);
        return $"{_sweep} is cancelled: what was finished stays.";
    }

    private (bool Accepted, string Message) Extend(SweepChange.Extended change)
    {
        _source.Extend(change);
        if (_source.Total == _total && change.Parameters.Count == 0) return (false, $"{_sweep} has tried all that there is to try.");
        var before = _total;
        Change(change);
        return (true, $"{_sweep} has {_total} trials now, {_total - before} more.");
    }

    private string RerunFailed()
    {
        var reopened = _trials.ReopenFailed();
        Change(new SweepChange.FailedReopened(reopened));
        return $"{reopened.Count} failed of {_sweep} run again.";
    }

    private void Change(SweepChange change)
    {
        _total = _source.Total;
        Save(new SweepEvent.SweepChanged(_now, _sweep, change, _total));
    }

    private void Stop(SweepEnd how, string? reason = null)
    {
        if (_ending is not null) return;
        _ending = (how, reason);
        foreach (var node in _nodes.All)
            foreach (var lease in node.Leases) Send(node.Id, new ToNode.StopTrial(lease));
        Set(new SweepTimer.StopPatience(), SweepRules.StopPatience);
    }

    private void Advance()
    {
        if (_ending is null && !_paused) Dispatch();
        if (_total != _source.Total) Change(new SweepChange.FewerTrials());
        if (_trials.AllFinished) End((SweepEnd.Complete, null));
        else if (_ending is { } ending && _running == 0) End(ending);
    }

    private void Dispatch()
    {
        while (!(_running >= _budgets.Parallel) && _nodes.LeastLoaded() is { } node && _trials.Next() is { } trial)
        {
            var lease = trial.LendTo(node.Id);
            node.Leases.Add(lease);
            _running++;
            // Saved before sent: a crash runs a trial again, it never loses one.
            Save(new SweepEvent.TrialStarted(_now, lease, trial.Spec));
            Send(node.Id, new ToNode.StartTrial(lease, trial.Spec));
            if (_budgets.TrialTimeout is { } timeout) Set(new SweepTimer.TrialTimeout(lease), timeout);
        }
    }

    private void End((SweepEnd How, string? Reason) ending)
    {
        var left = ending.How == SweepEnd.NoNodes ? "no node could be kept running" : "the sweep was stopped, and its node did not answer";
        foreach (var lease in _nodes.All.SelectMany(node => node.Leases).ToList()) EndAttempt(_trials.Under(lease)!, AttemptEnd.Stopped, left, due: false);
        // No trial stands as running in a sweep that has ended.
        foreach (var lease in _trials.Orphans) Save(new SweepEvent.AttemptEnded(_now, lease, AttemptEnd.Lost, "its coordinator ended"));
        Save(new SweepEvent.SweepEnded(_now, _sweep, ending.How, ending.Reason));
        foreach (var node in _nodes.All) Send(node.Id, new ToNode.Leave());
        _effects.Add(new SweepEffect.End(ending.How, ending.Reason));
        _ended = true;
    }

    private void Save(SweepEvent happened) => _effects.Add(new SweepEffect.Save(happened));

    private void Send(NodeId node, ToNode message) => _effects.Add(new SweepEffect.Send(node, message));

    private void Set(SweepTimer timer, TimeSpan after) => _effects.Add(new SweepEffect.SetTimer(timer, after));
}
