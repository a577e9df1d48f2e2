using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A store that forgets: the rules of <see cref="ITrialStore"/> in their shortest form.</summary>
internal sealed class InMemoryStore : ITrialStore
{
    private List<SweepRecord> _sweeps = [];
    private Dictionary<TrialId, TrialRecord> _trials = [];
    private Dictionary<(TrialId Trial, int Attempt), AttemptRecord> _attempts = [];
    private Dictionary<(TrialId Trial, int Attempt, int Epoch), EpochReport> _epochs = [];

    private HashSet<(TrialId Trial, int Attempt)> _held = [];

    private List<(string Sweep, ChangeRecord Record)> _changes = [];

    public void Add(SweepRecord sweep)
    {
        Require(_sweeps.All(other => other.Name != sweep.Name));
        _sweeps.Add(sweep);
    }

    public void Append(IReadOnlyList<SweepEvent> events)
    {
        var before = (_sweeps, _trials, _attempts, _epochs, _changes, _held);
        (_sweeps, _trials, _attempts, _epochs, _changes, _held) = ([.. _sweeps], new(_trials), new(_attempts), new(_epochs), [.. _changes], [.. _held]);
        try
        {
            foreach (var happened in events) Append(happened);
        }
        catch
        {
            (_sweeps, _trials, _attempts, _epochs, _changes, _held) = before;
            throw;
        }
    }

    public IReadOnlyList<SweepRecord> Sweeps() => [.. _sweeps];

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) =>
        [.. _trials.Values.Where(trial => trial.Spec.Id.Sweep == sweep && trial.Spec.Id.Number > after).OrderBy(trial => trial.Spec.Id.Number).Take(most)];

    public TrialRecord? Find(TrialId trial) => _trials.GetValueOrDefault(trial);

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => [.. _attempts.Where(pair => pair.Key.Trial == trial).OrderBy(pair => pair.Key.Attempt).Select(pair => pair.Value)];

    public IReadOnlyList<AttemptRecord> Held(string sweep) =>
    [
        .. _held.Where(held => held.Trial.Sweep == sweep && _trials[held.Trial].State is TrialState.Pending or TrialState.Running)
            .OrderBy(held => held.Trial.Number).ThenBy(held => held.Attempt).Select(held => _attempts[held]),
    ];

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) =>
        [.. _epochs.Where(pair => (pair.Key.Trial, pair.Key.Attempt) == (trial, attempt)).OrderBy(pair => pair.Key.Epoch).Select(pair => pair.Value)];

    public IReadOnlyList<EpochRecord> Epochs(string sweep) =>
    [
        .. _attempts.Values.Where(attempt => attempt.Lease.Trial.Sweep == sweep).SelectMany(EpochsOf)
            .OrderBy(epoch => epoch.Ended).ThenBy(epoch => epoch.Record.Trial.Number).ThenBy(epoch => epoch.Record.Report.Epoch).Select(epoch => epoch.Record),
    ];

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => [.. _changes.Where(change => change.Sweep == sweep).Select(change => change.Record)];

    public bool Keeps(Checkpoint checkpoint) => _trials.Values.Any(trial => trial.CheckpointKept && trial.Result?.Checkpoint == checkpoint);

    public void Dispose()
    {
    }

    private IEnumerable<(DateTimeOffset Ended, EpochRecord Record)> EpochsOf(AttemptRecord attempt)
    {
        var at = attempt.StartedAt;
        foreach (var report in Epochs(attempt.Lease.Trial, attempt.Lease.Attempt))
            yield return (at = at.AddSeconds(report.Seconds), new EpochRecord(attempt.Lease.Trial, report));
    }

    private void Append(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted started: Set(started.Sweep, sweep => sweep with { End = null, Reason = null }); break;
            case SweepEvent.SweepEnded ended: Set(ended.Sweep, sweep => sweep with { End = ended.End, Reason = ended.Reason }); break;
            case SweepEvent.SweepChanged changed: Change(changed); break;
            case SweepEvent.CheckpointDiscarded { Trial: var trial, Checkpoint: var checkpoint }:
                Require(Find(trial) is { CheckpointKept: true } kept && kept.Result?.Checkpoint == checkpoint);
                _trials[trial] = _trials[trial] with { CheckpointKept = false };
                break;
            case SweepEvent.TrialStarted started: Start(started); break;
            case SweepEvent.EpochEnded ended: AddEpoch(ended.Lease, ended.Report); break;
            case SweepEvent.AttemptEnded ended:
                Require(IsRunning(ended.Lease));
                if (ended.IsHeld) _held.Add((ended.Lease.Trial, ended.Lease.Attempt));
                End(ended.Lease, ended.At, TrialState.Pending, ended.End.ToString(), ended.Reason, null);
                break;
            case SweepEvent.TrialFinished finished:
                Require(IsLatest(finished.Lease) && _trials[finished.Lease.Trial].State is TrialState.Pending or TrialState.Running);
                End(finished.Lease, finished.At, finished.State, finished.State.ToString(), finished.Reason, finished.Result);
                break;
            case SweepEvent.NodeConnected or SweepEvent.NodeLost: break;
            default: throw new InvalidOperationException();
        }
    }

    private void Set(string name, Func<SweepRecord, SweepRecord> change)
    {
        var index = _sweeps.FindIndex(sweep => sweep.Name == name);
        Require(index >= 0);
        _sweeps[index] = change(_sweeps[index]);
    }

    private void Change(SweepEvent.SweepChanged changed)
    {
        Set(changed.Sweep, sweep => sweep with { Total = changed.Total });
        _changes.Add((changed.Sweep, new ChangeRecord(changed.At, changed.Change)));
        if (changed.Change is SweepChange.Extended or SweepChange.FailedReopened)
            Set(changed.Sweep, sweep => sweep with { End = sweep.End is null ? null : SweepEnd.Stopped, Reason = null });
        if (changed.Change is not SweepChange.FailedReopened(var trials)) return;
        foreach (var trial in trials)
        {
            Require(Find(trial)?.State == TrialState.Failed);
            _trials[trial] = _trials[trial] with { State = TrialState.Pending };
            _held.RemoveWhere(held => held.Trial == trial);
        }
    }

    private void Start(SweepEvent.TrialStarted started)
    {
        var lease = started.Lease;
        Require(_sweeps.Any(sweep => sweep.Name == lease.Trial.Sweep));
        if (Find(lease.Trial) is { } trial)
        {
            Require(trial.State is TrialState.Pending or TrialState.Running && trial.Attempt < lease.Attempt && trial.Spec == started.Spec);
            var latest = (lease.Trial, trial.Attempt);
            if (_attempts[latest].EndedAt is null) _attempts[latest] = _attempts[latest] with { EndedAt = started.At, End = "lost", Reason = "its coordinator ended" };
        }
        _trials[lease.Trial] = new TrialRecord(started.Spec, TrialState.Running, lease.Attempt, lease.Node, started.At, null, null, null, null);
        _attempts[(lease.Trial, lease.Attempt)] = new AttemptRecord(lease, started.At, null, null, null);
    }

    private void AddEpoch(Lease lease, EpochReport report)
    {
        Require(IsRunning(lease) && _epochs.TryAdd((lease.Trial, lease.Attempt, report.Epoch), report));
        _trials[lease.Trial] = _trials[lease.Trial] with { Epoch = Epochs(lease.Trial, lease.Attempt)[^1] };
    }

    private void End(Lease lease, DateTimeOffset at, TrialState state, string end, string? reason, TrialResult? result)
    {
        var attempt = _attempts[(lease.Trial, lease.Attempt)];
        if (attempt.EndedAt is null) attempt = attempt with { EndedAt = at, End = end.ToLowerInvariant(), Reason = reason };
        _attempts[(lease.Trial, lease.Attempt)] = attempt;
        _trials[lease.Trial] = _trials[lease.Trial] with { State = state, Reason = reason, EndedAt = attempt.EndedAt, Result = result };
    }

    private bool IsLatest(Lease lease) => Find(lease.Trial)?.Attempt == lease.Attempt;

    private bool IsRunning(Lease lease) => IsLatest(lease) && _trials[lease.Trial].State == TrialState.Running;

    private static void Require(bool consistent)
    {
        if (!consistent) throw new StoreException("refused");
    }
}
