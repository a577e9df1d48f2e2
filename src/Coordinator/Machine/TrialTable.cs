using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Where every trial of a sweep stands, and which is next. Holds only trials that were started: the others are a number.</summary>
internal sealed class TrialTable
{
    private readonly int _total;
    private readonly Func<int, TrialSpec> _specOf;
    private readonly Dictionary<int, TrialEntry> _entries;
    private readonly SortedSet<int> _returned = [];
    private int _fresh = 1;

    public TrialTable(int total, Func<int, TrialSpec> specOf, IReadOnlyList<TrialRecord> earlier)
    {
        _total = total;
        _specOf = specOf;
        _entries = earlier.Where(record => record.Spec.Id.Number <= total).ToDictionary(record => record.Spec.Id.Number, TrialEntry.From);
        Finished = _entries.Values.Count(entry => entry.Phase == TrialPhase.Finished);
    }

    public int Finished { get; private set; }

    public bool AllFinished => Finished == _total;

    /// <summary>Leases of an earlier coordinator that were neither taken up nor given anew.</summary>
    public IEnumerable<Lease> Orphans => _entries.Values.Select(entry => entry.Orphan).OfType<Lease>();

    /// <summary>Trials that came back go first, then those never started; each in order of their numbers.</summary>
    public TrialEntry? Next()
    {
        if (_returned.Count > 0)
        {
            var first = _returned.Min;
            _returned.Remove(first);
            return _entries[first];
        }
        while (_fresh <= _total)
        {
            var entry = At(_fresh++);
            if (entry.Phase == TrialPhase.Fresh) return entry;
        }
        return null;
    }

    /// <returns>Null if the lease is not the trial's current one.</returns>
    public TrialEntry? Under(Lease lease) => _entries.TryGetValue(lease.Trial.Number, out var entry) && entry.Lease == lease ? entry : null;

    /// <summary>Goes on under a lease that an earlier coordinator gave, unless the trial has moved on since.</summary>
    public TrialEntry? TakeUp(Lease lease)
    {
        if (!_entries.TryGetValue(lease.Trial.Number, out var entry) || entry.Phase != TrialPhase.Fresh || entry.Orphan != lease) return null;
        entry.Lend(lease);
        return entry;
    }

    public void Finish(TrialEntry entry)
    {
        entry.Leave(TrialPhase.Finished);
        Finished++;
    }

    public void Return(TrialEntry entry)
    {
        entry.Leave(TrialPhase.Due);
        _returned.Add(entry.Spec.Id.Number);
    }

    public void RetryDue(int number)
    {
        if (_entries[number] is { Phase: TrialPhase.Waiting } entry) Return(entry);
    }

    private TrialEntry At(int number)
    {
        if (!_entries.TryGetValue(number, out var entry)) _entries[number] = entry = new TrialEntry(_specOf(number));
        return entry;
    }
}

internal enum TrialPhase
{
    /// <summary>Not started by this coordinator.</summary>
    Fresh,
    Running,

    /// <summary>For its retry to become due.</summary>
    Waiting,
    Due,
    Finished,
}

/// <summary>One trial's account.</summary>
internal sealed class TrialEntry(TrialSpec spec)
{
    public TrialSpec Spec { get; } = spec;

    public TrialPhase Phase { get; private set; }

    /// <summary>The last one used: no two leases of a trial are equal, whatever happened between them.</summary>
    public int Attempt { get; private set; }

    public int Failures { get; set; }

    public int Losses { get; set; }

    /// <summary>The last one reported under the current lease.</summary>
    public int Epoch { get; set; }

    public Lease? Lease { get; private set; }

    /// <summary>That an earlier coordinator gave, and never saw the end of.</summary>
    public Lease? Orphan { get; private set; }

    public static TrialEntry From(TrialRecord record) => new(record.Spec)
    {
        Phase = record.State is TrialState.Pending or TrialState.Running ? TrialPhase.Fresh : TrialPhase.Finished,
        Attempt = record.Attempt,
        Epoch = record.Epoch?.Epoch ?? 0,
        Orphan = record.State == TrialState.Running ? new Lease(record.Spec.Id, record.Node, record.Attempt) : null,
    };

    public Lease LendTo(NodeId node)
    {
        Epoch = 0;
        var lease = new Lease(Spec.Id, node, Attempt + 1);
        Lend(lease);
        return lease;
    }

    public void Lend(Lease lease) => (Phase, Attempt, Lease, Orphan) = (TrialPhase.Running, lease.Attempt, lease, null);

    public void Leave(TrialPhase phase) => (Phase, Lease) = (phase, null);
}
