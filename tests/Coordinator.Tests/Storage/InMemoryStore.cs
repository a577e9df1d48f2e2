using System.Collections.Immutable;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A store that forgets: what the records say after each event, and no more.</summary>
internal sealed class InMemoryStore : ITrialStore
{
    private readonly Dictionary<string, SweepRecord> _sweeps = [];
    private readonly Dictionary<TrialId, TrialRecord> _trials = [];
    private readonly Dictionary<TrialId, ImmutableSortedDictionary<int, AttemptRecord>> _attempts = [];
    private readonly List<(TrialId Trial, int Attempt, EpochReport Report)> _epochs = [];
    private readonly List<(string Sweep, ChangeRecord Record)> _changes = [];
    private readonly Dictionary<TrialId, TrialMark> _marks = [];

    // What takes the events of this transaction back, the last first.
    private readonly Stack<Action> _undo = [];

    public void Add(SweepRecord sweep) => Require(_sweeps.TryAdd(sweep.Name, sweep));

    public void Append(IReadOnlyList<SweepEvent> events)
    {
        _undo.Clear();
        try
        {
            foreach (var happened in events) Append(happened);
        }
        catch
        {
            while (_undo.TryPop(out var undo)) undo();
            throw;
        }
    }

    public IReadOnlyList<SweepRecord> Sweeps() => [.. _sweeps.Values];

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) =>
    [
        .. _trials.Values.Where(trial => trial.Spec.Id.Sweep == sweep && trial.Spec.Id.Number > after).OrderBy(trial => trial.Spec.Id.Number).Take(most)
            .Select(trial => trial.WithoutReport()),
    ];

    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) =>
        _marks.Where(noted => noted.Key.Sweep == sweep && !noted.Value.IsNone).ToDictionary(noted => noted.Key.Number, noted => noted.Value);

    public void Mark(TrialId trial, TrialMark mark)
    {
        Require(_trials.ContainsKey(trial));
        _marks[trial] = mark;
    }

    public TrialRecord? Find(TrialId trial) => _trials.GetValueOrDefault(trial);

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => [.. AttemptsAt(trial).Values];

    public IReadOnlyList<AttemptRecord> Held(string sweep) =>
    [
        .. Trials(sweep).Where(trial => !trial.IsFinished).SelectMany(trial => Attempts(trial.Spec.Id)).Where(attempt => attempt.IsHeld),
    ];

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) =>
        [.. _epochs.Where(epoch => (epoch.Trial, epoch.Attempt) == (trial, attempt)).Select(epoch => epoch.Report)];

    public IReadOnlyList<EpochRecord> Epochs(string sweep) =>
        [.. _epochs.Where(epoch => epoch.Trial.Sweep == sweep).Select(epoch => new EpochRecord(epoch.Trial, epoch.Report))];

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => [.. _changes.Where(change => change.Sweep == sweep).Select(change => change.Record)];

    public bool Keeps(Checkpoint checkpoint) => _trials.Values.Any(trial => trial.CheckpointKept && trial.Result?.Checkpoint == checkpoint);

    public void Dispose()
    {
    }

    private ImmutableSortedDictionary<int, AttemptRecord> AttemptsAt(TrialId trial) =>
        _attempts.GetValueOrDefault(trial, ImmutableSortedDictionary<int, AttemptRecord>.Empty);

    private void Append(SweepEvent happened)
    {
        Require(happened.Sweep() is not { } name || _sweeps.ContainsKey(name));
        switch (happened)
        {
            case SweepEvent.SweepStarted or SweepEvent.SweepEnded or SweepEvent.SweepNotified: ApplyToSweep(happened); break;
            case SweepEvent.SweepChanged changed: Change(changed); break;
            case SweepEvent.CheckpointDiscarded { Trial: var trial }: Apply(trial, happened); break;
            case SweepEvent.TrialDrawn { Spec.Id: var trial }: Apply(trial, happened); break;
            case SweepEvent.TrialStarted started: Start(started); break;
            case SweepEvent.EpochEnded { Lease: var lease, Report: var report }:
                Apply(lease.Trial, happened);
                _epochs.Add((lease.Trial, lease.Attempt, report));
                _undo.Push(() => _epochs.RemoveAt(_epochs.Count - 1));
                break;
            case SweepEvent.AttemptEnded { Lease: var lease }: End(lease, happened); break;
            case SweepEvent.TrialFinished { Lease: var lease }: End(lease, happened); break;
            case SweepEvent.NodeConnected or SweepEvent.NodeLost or SweepEvent.NodeLeft or SweepEvent.NodeDraining or SweepEvent.NodePutAside: break;
            case SweepEvent.EngineAwaited: break;
            default: throw new InvalidOperationException();
        }
    }

    private void ApplyToSweep(SweepEvent happened) => Set(_sweeps, happened.Sweep()!, _sweeps[happened.Sweep()!].Apply(happened));

    private void Apply(TrialId id, SweepEvent happened)
    {
        var trial = TrialRecord.Apply(Find(id), happened);
        Require(trial is not null);
        Set(_trials, id, trial!);
    }

    private void Change(SweepEvent.SweepChanged changed)
    {
        ApplyToSweep(changed);
        _changes.Add((changed.Sweep, new ChangeRecord(changed.At, changed.Change)));
        _undo.Push(() => _changes.RemoveAt(_changes.Count - 1));
        if (changed.Change is not SweepChange.FailedReopened(var trials)) return;
        foreach (var trial in trials)
        {
            Apply(trial, changed);
            foreach (var attempt in Attempts(trial)) Set(attempt.Apply(changed));
        }
    }

    private void Start(SweepEvent.TrialStarted started)
    {
        var lease = started.Lease;
        Apply(lease.Trial, started);
        if (Attempts(lease.Trial) is [.., var latest]) Set(latest.Apply(started));
        Set(new AttemptRecord(lease, started.At, null, null, null));
    }

    private void End(Lease lease, SweepEvent happened)
    {
        Apply(lease.Trial, happened);
        Set(_attempts[lease.Trial][lease.Attempt].Apply(happened));
    }

    private void Set(AttemptRecord attempt) =>
        Set(_attempts, attempt.Lease.Trial, AttemptsAt(attempt.Lease.Trial).SetItem(attempt.Lease.Attempt, attempt));

    private void Set<TKey, TValue>(Dictionary<TKey, TValue> table, TKey key, TValue value)
        where TKey : notnull
    {
        var isKnown = table.TryGetValue(key, out var before);
        _undo.Push(() =>
        {
            if (isKnown) table[key] = before!;
            else table.Remove(key);
        });
        table[key] = value;
    }

    private static void Require(bool consistent)
    {
        if (!consistent) throw new StoreException("refused");
    }
}
