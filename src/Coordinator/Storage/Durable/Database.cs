using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>A LiteDB database on durable streams: what was committed survives the end of the process and a power cut. For one thread at a time.</summary>
/// <remarks>
/// What LiteDB does on its own account is kept from it: it takes nothing back, since whoever writes has checked before that it holds, and it empties its log
/// only when it is told to. After a fault it is opened anew, from what is on the disk.
/// </remarks>
internal sealed class Database : IDisposable
{
    // 32 MB: read once when the next process opens it after a crash, and written twice.
    private const int LogPages = 4000;

    private readonly IDisk _disk;
    private readonly Func<DatabaseFiles> _open;
    private readonly string _path;
    private readonly int _version;
    private readonly bool _writing;
    private DatabaseFiles _files;
    private LiteEngine? _engine;
    private bool _isClosed;

    // While there are any, the log is put into the database by nobody.
    private int _copies;

    private Database(IDisk disk, string path, int version, bool writing, Func<DatabaseFiles> open)
    {
        (_disk, _open, _path, _version, _writing) = (disk, open, path, version, writing);
        _files = open();
        try
        {
            Run("read", engine => engine);
        }
        catch
        {
            _files.Dispose();
            throw;
        }
    }

    /// <summary>Opens it, and makes it where there is none.</summary>
    /// <param name="version">Of the documents in it: a newer one is refused.</param>
    /// <param name="make">Its indexes.</param>
    public static Database OpenForWriting(IDisk disk, string path, int version, Action<LiteEngine> make)
    {
        if (!disk.Exists(path)) Make(disk, path, version, make);
        return new Database(disk, path, version, writing: true, () => DatabaseFiles.OpenForWriting(disk, path, version));
    }

    /// <summary>Opens it to read it, and changes no byte.</summary>
    public static Database OpenForReading(IDisk disk, string path, int version) =>
        new(disk, path, version, writing: false, () => DatabaseFiles.OpenForReading(disk, path, version));

    /// <summary>Of the documents in it.</summary>
    public int Version => Run("read", engine => engine.Pragma("USER_VERSION").AsInt32);

    /// <summary>Its documents are of the version that it was opened for.</summary>
    public void Upgrade() => Run("written", engine => engine.Pragma("USER_VERSION", _version));

    /// <summary>One transaction; durable on return.</summary>
    /// <exception cref="StoreException">It can't be written; nothing of it is stored.</exception>
    public void Commit(Action<LiteEngine> write) => Run("written", engine =>
    {
        // What is open can still be written then, and nobody would find it.
        if (!_disk.Exists(_path)) throw new StoreException($"{_path}: is gone: its folder was moved or deleted meanwhile");
        // Both say false of what they have not done, and do it on the next occasion.
        if (!engine.BeginTrans()) throw new InvalidOperationException("a transaction is open");
        write(engine);
        if (!engine.Commit()) throw new InvalidOperationException("nothing was committed");
        return true;
    });

    /// <summary>Puts the log into the database if it has grown long. Nothing may read meanwhile.</summary>
    public void Tidy()
    {
        if (_copies > 0 || _files.Log!.Length < LogPages * (long)PageStream.PageBytes) return;
        try
        {
            Checkpoint();
        }
        catch (StoreException)
        {
            // The disk refused. All that was committed is in the log, and the next commit tries it again.
        }
    }

    /// <summary>Its files as they are now, to be copied by any thread while this goes on.</summary>
    /// <exception cref="StoreException">They can't be read.</exception>
    public DatabaseFiles BeginCopy()
    {
        try
        {
            var files = DatabaseFiles.OpenForReading(_disk, _path, _version);
            _copies++;
            return files;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{_path}: can't be read ({fault.Message})", fault);
        }
    }

    public void EndCopy(DatabaseFiles files)
    {
        files.Dispose();
        _copies--;
    }

    public void Checkpoint() => Run("written", engine => engine.Checkpoint());

    /// <exception cref="StoreException">It can't be read.</exception>
    public T Read<T>(Func<LiteEngine, T> read) => Run("read", read);

    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            if (_writing && _copies == 0 && _engine is not null) Finish();
        }
        catch (Exception fault) when (fault is IOException or StoreException)
        {
            // The log stays, and the next writer does it.
        }
        Stop();
        _files.Dispose();
    }

    private static void Make(IDisk disk, string path, int version, Action<LiteEngine> make)
    {
        using var pages = new MemoryStream();
        using (var engine = new LiteEngine(new EngineSettings { DataStream = pages, LogStream = new MemoryStream(), Collation = Collation.Binary }))
        {
            engine.Pragma("USER_VERSION", version);
            engine.Pragma("UTC_DATE", true);
            // Never by itself.
            engine.Pragma("CHECKPOINT", 0);
            make(engine);
            engine.Checkpoint();
        }
        DatabaseFiles.Make(disk, path, pages.ToArray());
    }

    private void Finish()
    {
        Checkpoint();
        Stop();
        _files.Finish();
    }

    private T Run<T>(string done, Func<LiteEngine, T> run)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed && _engine is null, this);
            var result = run(_engine ??= Start());
            _files.Fault.ThrowIfAny();
            return result;
        }
        catch (Exception fault)
        {
            // Whatever it was, LiteDB may now hold in memory what is not on the disk.
            Stop();
            _files.Dispose();
            if (fault is StoreException or OperationCanceledException) throw;
            throw new StoreException($"{_path}: can't be {done} ({fault.Message})", fault);
        }
    }

    private LiteEngine Start()
    {
        if (_files.IsClosed) _files = _open();
        return new LiteEngine(new EngineSettings
        {
            DataStream = _files.Data,
            LogStream = _files.Log,
            TempStream = new MemoryStream(),
            ReadOnly = !_writing,
            Collation = Collation.Binary,
        });
    }

    private void Stop()
    {
        _engine?.Dispose();
        _engine = null;
    }
}
