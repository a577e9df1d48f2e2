using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Where every trial of a sweep stands, and which is next. Of finished trials it keeps no more than their count, and those that failed.</summary>
internal sealed class TrialTable
{
    // Of a sweep over engines as many may wait for one that no node has. More are not drawn: those behind them wait as well.
    private const int MostDrawnAhead = 256;

    private readonly ITrialSource _source;
    private readonly Dictionary<int, TrialEntry> _open = [];
    private readonly SortedDictionary<int, TrialEntry> _failed = [];

    // By engine: what is asked of it for each free node must not go through all that wait for another.
    private readonly SortedDictionary<string, SortedSet<int>> _due = new(StringComparer.Ordinal);
    private (SweepSpec Spec, EngineSet Engines) _engines;
    private int _drawnAhead;
    private bool _sourceIsEmpty;

    public TrialTable(ITrialSource source, SweepPast past)
    {
        (_source, Finished, _engines) = (source, past.Finished, (source.Spec, source.Spec.Engines));
        var held = past.Held.ToLookup(attempt => attempt.Lease.Trial);
        foreach (var record in past.Trials)
        {
            var entry = TrialEntry.From(record, [.. held[record.Spec.Id]]);
            if (record.State == TrialState.Failed) _failed.Add(entry.Number, entry);
            if (record.State is TrialState.Pending or TrialState.Running) _open[entry.Number] = entry;
            if (record.State == TrialState.Pending && !entry.FailedLast) Add(entry);
        }
    }

    public int Finished { get; private set; }

    public int Failed => _failed.Count;

    public bool AllFinished => Finished == _source.Total;

    /// <summary>The leases under which trials run, in order of the trials.</summary>
    public IReadOnlyList<Lease> Running => [.. _open.Values.Select(entry => entry.Lease).OfType<Lease>().OrderBy(lease => lease.Trial.Number)];

    /// <summary>Those that have failed and wait for another attempt.</summary>
    public IReadOnlyList<TrialEntry> Waiting => [.. _open.Values.Where(entry => entry.FailedLast && entry.Lease is null && !IsDue(entry))];

    /// <summary>Whether there may be another trial to start.</summary>
    public bool HasNext => _due.Count > 0 || !_sourceIsEmpty;

    /// <summary>Those that trials of the sweep may name.</summary>
    public EngineSet Engines
    {
        get
        {
            if (!ReferenceEquals(_engines.Spec, _source.Spec)) _engines = (_source.Spec, _source.Spec.Engines);
            return _engines.Engines;
        }
    }

    /// <summary>Whether there may be another trial for a node.</summary>
    /// <param name="mayTrain">Whether it gets trials of an engine.</param>
    public bool HasNextFor(Func<string, bool> mayTrain) => _due.Keys.Any(mayTrain) || MayDraw(mayTrain);

    /// <summary>How many trials an engine is still needed for, as far as they are known: of a sweep that names no other, all.</summary>
    /// <param name="running">Of the sweep, in work.</param>
    public int WaitingFor(string engine, int running) =>
        Engines.Names.Count == 1 ? _source.Total - Finished - running : _due.GetValueOrDefault(engine)?.Count ?? 0;

    /// <summary>Trials that were started or drawn before go first, then those never drawn; each in order of their numbers.</summary>
    /// <param name="mayTrain">As of <see cref="HasNextFor"/>.</param>
    /// <param name="mayRun">Asked of those that go first.</param>
    /// <param name="drawn">Told of each that is passed over, as the node doesn't train by its engine.</param>
    public TrialEntry? Next(Func<string, bool> mayTrain, Func<TrialEntry, bool> mayRun, Action<TrialEntry> drawn)
    {
        if (FirstDue(mayTrain, mayRun) is { } due)
        {
            Remove(due);
            return due;
        }
        while (MayDraw(mayTrain))
        {
            if (_source.Next() is not { } spec)
            {
                _sourceIsEmpty = true;
                break;
            }
            var entry = _open[spec.Id.Number] = new TrialEntry(spec);
            if (mayTrain(entry.Engine)) return entry;
            Add(entry);
            drawn(entry);
        }
        return null;
    }

    /// <summary>The source has more than it had.</summary>
    public void LookAgain() => _sourceIsEmpty = false;

    /// <returns>Null if the lease is not the trial's current one.</returns>
    public TrialEntry? Under(Lease lease) => _open.TryGetValue(lease.Trial.Number, out var entry) && entry.Lease == lease ? entry : null;

    public void Finish(TrialEntry entry, TrialState state)
    {
        entry.Lease = null;
        _open.Remove(entry.Number);
        if (state == TrialState.Failed) _failed.Add(entry.Number, entry);
        Finished++;
    }

    /// <summary>It can run again at once.</summary>
    public void RetryDue(int number)
    {
        if (_open.TryGetValue(number, out var entry) && entry.Lease is null) Add(entry);
    }

    /// <summary>Those that failed are open again, as if they never had.</summary>
    public IReadOnlyList<TrialId> ReopenFailed()
    {
        foreach (var entry in _failed.Values)
        {
            (entry.Failures, entry.Losses, entry.FailedOn) = (0, 0, null);
            _open.Add(entry.Number, entry);
            Add(entry);
        }
        TrialId[] reopened = [.. _failed.Values.Select(entry => entry.Spec.Id)];
        Finished -= reopened.Length;
        _failed.Clear();
        return reopened;
    }

    private bool MayDraw(Func<string, bool> mayTrain) => !_sourceIsEmpty && _drawnAhead < MostDrawnAhead && Engines.Names.Any(mayTrain);

    private TrialEntry? FirstDue(Func<string, bool> mayTrain, Func<TrialEntry, bool> mayRun)
    {
        TrialEntry? first = null;
        foreach (var (engine, numbers) in _due)
        {
            if (!mayTrain(engine)) continue;
            foreach (var number in numbers)
            {
                if (number > first?.Number) break;
                if (!mayRun(_open[number])) continue;
                first = _open[number];
                break;
            }
        }
        return first;
    }

    private bool IsDue(TrialEntry entry) => _due.GetValueOrDefault(entry.Engine)?.Contains(entry.Number) == true;

    private void Add(TrialEntry entry)
    {
        if (!_due.TryGetValue(entry.Engine, out var numbers)) _due.Add(entry.Engine, numbers = []);
        if (numbers.Add(entry.Number) && entry.Attempt == 0) _drawnAhead++;
    }

    private void Remove(TrialEntry entry)
    {
        _due[entry.Engine].Remove(entry.Number);
        if (_due[entry.Engine].Count == 0) _due.Remove(entry.Engine);
        if (entry.Attempt == 0) _drawnAhead--;
    }
}

/// <summary>One trial's account.</summary>
internal sealed class TrialEntry(TrialSpec spec)
{
    public TrialSpec Spec { get; } = spec;

    public int Number => Spec.Id.Number;

    public string Engine { get; } = spec.Parameters.Engine();

    /// <summary>The last one used: no two leases of a trial are equal, whatever happened between them.</summary>
    public int Attempt { get; private set; }

    public int Failures { get; set; }

    public int Losses { get; set; }

    /// <summary>Null while there are none.</summary>
    public HashSet<NodeId>? FailedOn { get; set; }

    /// <summary>The last one reported under the current lease.</summary>
    public int Epoch { get; set; }

    /// <summary>Null while it doesn't run.</summary>
    public Lease? Lease { get; set; }

    /// <summary>Since when the lease has been, or the last one was.</summary>
    public DateTimeOffset LentAt { get; private set; }

    /// <summary>How it ends once its node has stopped it; null where it is to run on.</summary>
    public Ending? Ending { get; set; }

    /// <summary>When an earlier coordinator saw its last attempt fail; null where it did not.</summary>
    private DateTimeOffset? FailedAt { get; init; }

    public bool FailedLast => FailedAt is not null;

    /// <param name="held">The attempts that are held against it, in order.</param>
    public static TrialEntry From(TrialRecord record, IReadOnlyList<AttemptRecord> held)
    {
        var failed = held.Where(attempt => attempt.End == EnumText.Of(AttemptEnd.Failed)).ToList();
        return new(record.Spec)
        {
            Attempt = record.Attempt,
            Epoch = record.Epoch?.Epoch ?? 0,
            LentAt = record.StartedAt,
            Lease = record.State == TrialState.Running ? new Lease(record.Spec.Id, record.Node, record.Attempt) : null,
            Failures = failed.Count,
            Losses = held.Count - failed.Count,
            FailedOn = failed.Count == 0 ? null : [.. failed.Select(attempt => attempt.Lease.Node)],
            FailedAt = failed is [.., var last] && last.Lease.Attempt == record.Attempt ? last.EndedAt : null,
        };
    }

    /// <summary>What is left of its wait, and never more than all of it: a clock may have been set back.</summary>
    public TimeSpan BackoffLeft(DateTimeOffset now)
    {
        var (whole, gone) = (ClusterRules.BackoffAfter(Failures), now - FailedAt!.Value);
        return gone < TimeSpan.Zero ? whole : gone > whole ? TimeSpan.Zero : whole - gone;
    }

    public Lease LendTo(NodeId node, DateTimeOffset now)
    {
        (Epoch, Attempt, Ending, LentAt) = (0, Attempt + 1, null, now);
        return Lease = new Lease(Spec.Id, node, Attempt);
    }
}

/// <param name="IsTriedAgain">As after an error of its own.</param>
/// <param name="IsFirm">Whatever its node says until it has stopped; else a trial that was done first is completed.</param>
internal sealed record Ending(TrialState State, string Reason, bool IsTriedAgain = false, bool IsFirm = false);
