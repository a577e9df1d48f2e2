using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Where every trial of a sweep stands, and which is next. Of finished trials it keeps no more than their count, and those that failed.</summary>
internal sealed class TrialTable
{
    private readonly ITrialSource _source;
    private readonly Dictionary<int, TrialEntry> _open = [];
    private readonly SortedDictionary<int, TrialEntry> _failed = [];
    private readonly SortedSet<int> _due = [];
    private bool _sourceIsEmpty;

    public TrialTable(ITrialSource source, SweepPast past)
    {
        (_source, Finished) = (source, past.Finished);
        var held = past.Held.ToLookup(attempt => attempt.Lease.Trial);
        foreach (var record in past.Trials)
        {
            var entry = TrialEntry.From(record, [.. held[record.Spec.Id]]);
            if (record.State == TrialState.Failed) _failed.Add(entry.Number, entry);
            if (record.State is TrialState.Pending or TrialState.Running) _open[entry.Number] = entry;
            if (record.State == TrialState.Pending && !entry.FailedLast) _due.Add(entry.Number);
        }
    }

    public int Finished { get; private set; }

    public int Failed => _failed.Count;

    public bool AllFinished => Finished == _source.Total;

    /// <summary>The leases under which trials run, in order of the trials.</summary>
    public IReadOnlyList<Lease> Running => [.. _open.Values.Select(entry => entry.Lease).OfType<Lease>().OrderBy(lease => lease.Trial.Number)];

    /// <summary>Those that have failed and wait for another attempt.</summary>
    public IReadOnlyList<TrialEntry> Waiting => [.. _open.Values.Where(entry => entry.FailedLast && entry.Lease is null && !_due.Contains(entry.Number))];

    /// <summary>Whether there may be another trial to start.</summary>
    public bool HasNext => _due.Count > 0 || !_sourceIsEmpty;

    /// <summary>Trials that were started before go first, then those never started; each in order of their numbers.</summary>
    /// <param name="mayRun">Asked of those that were started before.</param>
    public TrialEntry? Next(Func<TrialEntry, bool> mayRun)
    {
        foreach (var number in _due)
        {
            if (!mayRun(_open[number])) continue;
            _due.Remove(number);
            return _open[number];
        }
        if (_source.Next() is { } spec) return _open[spec.Id.Number] = new TrialEntry(spec);
        _sourceIsEmpty = true;
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
        if (_open.TryGetValue(number, out var entry) && entry.Lease is null) _due.Add(number);
    }

    /// <summary>Those that failed are open again, as if they never had.</summary>
    public IReadOnlyList<TrialId> ReopenFailed()
    {
        foreach (var entry in _failed.Values)
        {
            (entry.Failures, entry.Losses, entry.FailedOn) = (0, 0, null);
            _open.Add(entry.Number, entry);
            _due.Add(entry.Number);
        }
        TrialId[] reopened = [.. _failed.Values.Select(entry => entry.Spec.Id)];
        Finished -= reopened.Length;
        _failed.Clear();
        return reopened;
    }
}

/// <summary>One trial's account.</summary>
internal sealed class TrialEntry(TrialSpec spec)
{
    public TrialSpec Spec { get; } = spec;

    public int Number => Spec.Id.Number;

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
