namespace FashionSweep.Coordinator.Storage;

/// <content>Copies of a store that goes on meanwhile.</content>
public sealed partial class LiteStore
{
    /// <summary>The database as it is now, as that of a store that was closed: its pages, in order. Others are let in meanwhile.</summary>
    /// <exception cref="StoreException">A page is damaged.</exception>
    internal IEnumerable<byte[]> Copy()
    {
        var files = BeginCopy();
        try
        {
            foreach (var page in files.Whole()) yield return page;
        }
        finally
        {
            lock (_gate) _database.EndCopy(files);
        }
    }

    private Durable.DatabaseFiles BeginCopy()
    {
        lock (_gate) return _database.BeginCopy();
    }
}
