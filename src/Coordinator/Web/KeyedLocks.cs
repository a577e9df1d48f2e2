namespace FashionSweep.Coordinator.Web;

/// <summary>A lock for each name, kept as long as somebody holds it or waits for it.</summary>
internal sealed class KeyedLocks
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <returns>Leaves when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(string name, CancellationToken cancellation)
    {
        var entry = Find(name);
        try
        {
            await entry.Free.WaitAsync(cancellation);
        }
        catch
        {
            Forget(name, entry);
            throw;
        }
        return new Held(this, name, entry);
    }

    private Entry Find(string name)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(name, out var entry)) _entries[name] = entry = new Entry();
            entry.Users++;
            return entry;
        }
    }

    private void Forget(string name, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0) _entries.Remove(name);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Free { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Held(KeyedLocks locks, string name, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Free.Release();
            locks.Forget(name, entry);
        }
    }
}
