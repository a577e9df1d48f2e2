using System.Collections.Immutable;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>What some events make of a store. All are held against what is known before anything is written: LiteDB is never to take anything back.</summary>
/// <param name="find">Reads a trial that has ended.</param>
internal sealed class Batch(KnownStore known, Func<StoredSweep, int, StoredTrial?> find)
{
    private readonly Dictionary<string, StoredSweep> _sweeps = [];
    private readonly HashSet<string> _changedSweeps = [];
    private readonly HashSet<string> _changedTallies = [];
    private readonly Dictionary<TrialId, StoredTrial> _trials = [];
    private readonly HashSet<TrialId> _newTrials = [];
    private readonly HashSet<TrialId> _changedTrials = [];
    private readonly Dictionary<long, (long Row, byte[] Part)> _newParts = [];
    private readonly Dictionary<long, (long Row, byte[] Part)> _changedParts = [];
    private readonly HashSet<string> _changedBest = [];
    private readonly Dictionary<long, BsonDocument> _figures = [];
    private readonly Dictionary<long, BsonDocument> _checkpoints = [];
    private readonly List<(string Sha256, bool IsKept)> _keepers = [];
    private long _rows = known.Rows;
    private long _order = known.Order;

    /// <exception cref="StoreException">A sweep of its name is there.</exception>
    public void Add(SweepRecord sweep)
    {
        if (known.Sweeps.ContainsKey(sweep.Name)) throw new StoreException($"a sweep named {sweep.Name} is stored already");
        var tally = StoredTally.None with { Rows = _rows, Order = _order };
        _sweeps[sweep.Name] = new StoredSweep(known.Sweeps.Count + 1, sweep, [], Parameters: null, tally, FigurePart.None, BestResults.None);
        _changedSweeps.Add(sweep.Name);
        _changedTallies.Add(sweep.Name);
    }

    /// <exception cref="StoreException">The event contradicts what is known.</exception>
    public void Add(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted or SweepEvent.SweepEnded or SweepEvent.SweepNotified: ChangeSweep(happened); break;
            case SweepEvent.SweepChanged changed: Change(changed); break;
            case SweepEvent.TrialDrawn { Spec: var spec }: Meet(spec); Apply(spec.Id, happened, attempts => attempts); break;
            case SweepEvent.TrialStarted started: Start(started); break;
            case SweepEvent.EpochEnded ended: Report(ended); break;
            case SweepEvent.AttemptEnded { Lease: var lease }: End(lease, happened); break;
            case SweepEvent.TrialFinished finished: Finish(finished); break;
            case SweepEvent.CheckpointDiscarded { Trial: var trial }: Checkpoint(Apply(trial, happened, attempts => attempts)); break;
            // Nothing of them outlives the run: what a lost node cost stands with the attempts that were lost.
            case SweepEvent.NodeConnected or SweepEvent.NodeLost or SweepEvent.NodeLeft or SweepEvent.NodeDraining or SweepEvent.NodePutAside: break;
            case SweepEvent.EngineAwaited: break;
            default: throw new InvalidOperationException($"No way to store {happened.GetType().Name}.");
        }
    }

    public void Write(LiteEngine engine)
    {
        engine.Put(Collections.Sweeps, [.. _changedSweeps.Select(name => SweepDocument.Of(_sweeps[name]))]);
        engine.Put(Collections.Tallies, [.. _changedTallies.Select(name => SweepDocument.TallyOf(_sweeps[name] = WithCounters(_sweeps[name])))]);
        engine.Insert(Collections.Trials, [.. _newTrials.Select(DocumentOf)]);
        engine.Change(Collections.Trials, [.. _changedTrials.Except(_newTrials).Select(DocumentOf)]);
        engine.Insert(Collections.Curves, [.. _newParts.Select(Part)]);
        engine.Change(Collections.Curves, [.. _changedParts.Select(Part)]);
        engine.Put(Collections.Best, [.. _changedBest.Select(name => _sweeps[name].Best.DocumentOf(_sweeps[name].Key))]);
        engine.Put(Collections.Figures, _figures.Values);
        engine.Put(Collections.Checkpoints, _checkpoints.Values);
    }

    /// <summary>It is stored: what is known is what it has made of it.</summary>
    public void TakeOver()
    {
        foreach (var (name, sweep) in _sweeps) known.Sweeps[name] = sweep;
        foreach (var part in _newParts.Values.Concat(_changedParts.Values)) known.Parts[part.Row] = part.Part;
        foreach (var (id, trial) in _trials)
        {
            if (trial.IsInPlay) known.InPlay[id] = trial;
            else known.InPlay.Remove(id);
            foreach (var attempt in trial.IsInPlay ? trial.Attempts.SkipLast(1) : trial.Attempts) known.Parts.Remove(attempt.Row);
        }
        foreach (var (sha256, isKept) in _keepers) known.Keep(sha256, isKept);
        (known.Rows, known.Order) = (_rows, _order);
    }

    private StoredSweep WithCounters(StoredSweep sweep) => sweep with { Tally = sweep.Tally with { Rows = _rows, Order = _order } };

    private BsonDocument DocumentOf(TrialId id) => TrialDocument.Of(Keys.Trial(Sweep(id.Sweep)!.Key, id.Number), _trials[id]);

    private static BsonDocument Part(KeyValuePair<long, (long Row, byte[] Part)> part) => new() { ["_id"] = part.Key, ["e"] = part.Value.Part };

    private StoredSweep? Sweep(string name) => _sweeps.GetValueOrDefault(name) ?? known.Sweeps.GetValueOrDefault(name);

    private StoredTrial? Find(TrialId id)
    {
        if ((_trials.GetValueOrDefault(id) ?? known.InPlay.GetValueOrDefault(id)) is { } trial) return trial;
        return Sweep(id.Sweep) is { } sweep && id.Number <= sweep.Tally.Highest ? find(sweep, id.Number) : null;
    }

    private void ChangeSweep(SweepEvent happened)
    {
        var sweep = Sweep(happened.Sweep()!) ?? throw Contradiction(happened);
        _sweeps[sweep.Record.Name] = sweep with { Record = sweep.Record.Apply(happened) };
        _changedSweeps.Add(sweep.Record.Name);
    }

    private void Change(SweepEvent.SweepChanged changed)
    {
        ChangeSweep(changed);
        var sweep = _sweeps[changed.Sweep];
        _sweeps[changed.Sweep] = sweep with { Changes = sweep.Changes.Add(new ChangeRecord(changed.At, changed.Change)) };
        if (changed.Change is not SweepChange.FailedReopened(var trials)) return;
        foreach (var trial in trials)
            Apply(trial, changed, attempts => [.. attempts.Select(attempt => attempt with { Record = attempt.Record.Apply(changed) })]);
    }

    private void Start(SweepEvent.TrialStarted started)
    {
        Meet(started.Spec);
        Apply(started.Lease.Trial, started, attempts => Begin(attempts, started));
    }

    // Those of the first trial are those that the others are stored by.
    private void Meet(TrialSpec spec)
    {
        if (Sweep(spec.Id.Sweep) is not { Parameters: null } sweep) return;
        _sweeps[sweep.Record.Name] = sweep with { Parameters = spec.Parameters };
        _changedSweeps.Add(sweep.Record.Name);
    }

    private ImmutableList<StoredAttempt> Begin(ImmutableList<StoredAttempt> attempts, SweepEvent.TrialStarted started)
    {
        // One that was left open by a coordinator that died.
        if (attempts is [.., { Record.EndedAt: null } latest])
            attempts = attempts.SetItem(attempts.Count - 1, latest with { Record = latest.Record.Apply(started) });
        return attempts.Add(new StoredAttempt(new AttemptRecord(started.Lease, started.At, null, null, null), ++_rows, 0));
    }

    private void Report(SweepEvent.EpochEnded ended)
    {
        var (id, report) = (ended.Lease.Trial, ended.Report);
        var before = Find(id);
        if (TrialRecord.Apply(before?.Record, ended) is not { } record) throw Contradiction(ended);
        var attempt = before!.Attempts[^1];
        var (key, at) = (Keys.Curve(attempt.Row, attempt.Epochs), attempt.Epochs % Keys.EpochsOfAPart);
        var parts = at == 0 || _newParts.ContainsKey(key) ? _newParts : _changedParts;
        var part = at == 0 ? [] : parts.TryGetValue(key, out var had) ? had.Part : known.Parts[attempt.Row];
        parts[key] = (attempt.Row, Curve.With(part, at, record.Spec.Parameters.Epochs() - attempt.Epochs + at, report, ++_order));
        _trials[id] = before with
        {
            Record = record,
            Attempts = before.Attempts.SetItem(before.Attempts.Count - 1, attempt with { Epochs = attempt.Epochs + 1 }),
        };
    }

    private StoredTrial End(Lease lease, SweepEvent happened) => Apply(lease.Trial, happened, attempts =>
    {
        var at = attempts.FindIndex(attempt => attempt.Record.Lease.Attempt == lease.Attempt);
        return attempts.SetItem(at, attempts[at] with { Record = attempts[at].Record.Apply(happened) });
    });

    private void Finish(SweepEvent.TrialFinished finished)
    {
        var trial = End(finished.Lease, finished);
        var (id, sweep) = (finished.Lease.Trial, Sweep(finished.Lease.Trial.Sweep)!);
        var part = sweep.Latest.With(FigureBytes.Of(sweep.Parameters!, trial.Record));
        var best = finished.Result is { } result ? sweep.Best.With(sweep.Record.Objective.PlaceOf(result, id.Number)) : sweep.Best;
        _sweeps[id.Sweep] = sweep with { Latest = part, Best = best };
        _figures[Keys.Figures(sweep.Key, part.Number)] = part.DocumentOf(sweep.Key);
        if (best != sweep.Best) _changedBest.Add(id.Sweep);
        if (finished.Result is not null) Checkpoint(trial);
    }

    private void Checkpoint(StoredTrial trial)
    {
        var (id, result) = (trial.Record.Spec.Id, trial.Record.Result!);
        var key = Keys.Trial(Sweep(id.Sweep)!.Key, id.Number);
        _checkpoints[key] = new BsonDocument
        {
            ["_id"] = key,
            ["trial"] = id.ToString(),
            ["sha256"] = result.Checkpoint.Sha256,
            ["epoch"] = result.BestEpoch,
            ["bytes"] = result.Checkpoint.Bytes,
            ["kept"] = trial.Record.CheckpointKept,
        };
        _keepers.Add((result.Checkpoint.Sha256, trial.Record.CheckpointKept));
    }

    private StoredTrial Apply(TrialId id, SweepEvent happened, Func<ImmutableList<StoredAttempt>, ImmutableList<StoredAttempt>> attempts)
    {
        var (sweep, before) = (Sweep(id.Sweep) ?? throw Contradiction(happened), Find(id));
        if (TrialRecord.Apply(before?.Record, happened) is not { } record) throw Contradiction(happened);
        var trial = new StoredTrial(record, before?.Parameters ?? StoredParameters.Of(sweep, record.Spec.Parameters), attempts(before?.Attempts ?? []));
        _trials[id] = trial;
        (before is null ? _newTrials : _changedTrials).Add(id);
        _sweeps[id.Sweep] = sweep with { Tally = sweep.Tally.With(id.Number, before?.Record.State, record.State) };
        _changedTallies.Add(id.Sweep);
        return trial;
    }

    private static StoreException Contradiction(SweepEvent happened) => new($"refused, it contradicts what is stored: {happened}");
}
