using System.Globalization;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What readers are told, in order. The last of it is kept for those who come back; whoever is too slow begins anew. From any thread.</summary>
/// <param name="run">Names this process among those that served the store.</param>
internal sealed class EventFeed(string run)
{
    /// <summary>So many are kept, and no more bytes than these.</summary>
    public const int Kept = 2000;

    private const int KeptBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Queue<FeedEvent> _last = [];
    private readonly List<EventReader> _readers = [];
    private long _number;
    private long _bytes;

    /// <summary>The sweeps that somebody looks at.</summary>
    public IReadOnlyCollection<string> Watched
    {
        get
        {
            lock (_gate) return [.. _readers.Select(reader => reader.Sweep).OfType<string>().Distinct()];
        }
    }

    public bool HasReaders
    {
        get
        {
            lock (_gate) return _readers.Count > 0;
        }
    }

    /// <param name="sweep">Whose readers are told; null: all are.</param>
    /// <param name="data">JSON without a line's end.</param>
    public void Publish(string type, string? sweep, byte[] data)
    {
        lock (_gate)
        {
            var happened = new FeedEvent($"{run}-{++_number}", _number, type, sweep, data);
            _last.Enqueue(happened);
            for (_bytes += data.Length; _last.Count > Kept || (_bytes > KeptBytes && _last.Count > 1);) _bytes -= _last.Dequeue().Data.Length;
            foreach (var reader in _readers) reader.Tell(happened);
        }
    }

    /// <param name="sweep">That he looks at; null: none.</param>
    /// <param name="lastId">Of what he got last; null where he begins.</param>
    /// <returns>Null where there are as many as there may be.</returns>
    public EventReader? Join(string? sweep, string? lastId)
    {
        lock (_gate)
        {
            if (_readers.Count >= EventReader.Most) return null;
            var reader = new EventReader(sweep, isNew: lastId is null, FeedEvent.Reset($"{run}-{_number}"));
            _readers.Add(reader);
            if (lastId is not null) Resume(reader, lastId);
            return reader;
        }
    }

    /// <summary>Tells all readers to come again.</summary>
    public void Close()
    {
        lock (_gate) _readers.ForEach(reader => reader.Close());
    }

    public void Leave(EventReader reader)
    {
        lock (_gate) _readers.Remove(reader);
    }

    /// <summary>Under which whoever begins now goes on.</summary>
    public string Id
    {
        get
        {
            lock (_gate) return $"{run}-{_number}";
        }
    }

    private void Resume(EventReader reader, string lastId)
    {
        var known = lastId.StartsWith($"{run}-", StringComparison.Ordinal)
            && long.TryParse(lastId.AsSpan(run.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var first = _last.TryPeek(out var oldest) ? oldest.Number : _number + 1;
        if (known < first - 1 || known > _number) reader.TellReset();
        else foreach (var missed in _last.Where(missed => missed.Number > known)) reader.Tell(missed);
    }
}

/// <summary>One thing that readers are told.</summary>
internal sealed record FeedEvent(string Id, long Number, string Type, string? Sweep, byte[] Data)
{
    /// <summary>What the reader has is not to be gone on from.</summary>
    public static FeedEvent Reset(string id) => new(id, 0, "reset", null, "{}"u8.ToArray());
}
