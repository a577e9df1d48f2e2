using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Shared.Trials;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage;

/// <summary>A store in a folder, kept by LiteDB. For any thread; one at a time is let in, and none for long.</summary>
public sealed partial class LiteStore : ITrialStore
{
    // So many trials, or parts of something, are read before others are let in.
    private const int TrialsAtOnce = 256;

    private const int Version = 3;

    private readonly Lock _gate = new();
    private readonly IDisk _disk;
    private readonly Database _database;
    private readonly StoreFolder _folder;
    private readonly StoreLock? _lock;
    private KnownStore? _known;
    private int _version;

    private LiteStore(IDisk disk, StoreFolder folder, Database database, StoreLock? held)
    {
        (_disk, _folder, _database, _lock) = (disk, folder, database, held);
        _ = Known;
        _version = database.Version;
    }

    // Read again after a fault: what was to be stored may be there.
    private KnownStore Known => _known ??= _database.Read(KnownStore.Read);

    /// <summary>Opens the store of a folder for its one writer, and makes it where there is none.</summary>
    /// <exception cref="StoreInUseException">Another process writes to it; says which.</exception>
    /// <exception cref="StoreException">What is there is no store that this fsweep can write, or the folder can't be written.</exception>
    public static LiteStore OpenForWriting(StoreFolder folder) => Open(folder, "written", () =>
    {
        folder.Make();
        var held = StoreLock.Take(folder);
        try
        {
            Former.Refuse(folder);
            var store = ForWriting(new LocalDisk(), folder, held);
            OpenStores.Add(folder, store);
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    });

    /// <summary>Opens the store of a folder to read from it, and changes no byte of it.</summary>
    /// <exception cref="StoreInUseException">Another process writes to it.</exception>
    /// <exception cref="StoreException">There is none yet, or it can't be read.</exception>
    public static LiteStore OpenForReading(StoreFolder folder) => Open(folder, "read", () =>
    {
        Former.Refuse(folder);
        if (!Directory.Exists(folder.Path)) throw new StoreException(NoSweeps.In(folder));
        var held = StoreLock.Share(folder);
        try
        {
            if (!File.Exists(folder.Database)) throw new StoreException(NoSweeps.In(folder));
            return ForReading(new LocalDisk(), folder, held);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    });

    /// <summary>Opens a store on another disk, for whoever looks at what becomes of it there.</summary>
    internal static LiteStore OpenOn(IDisk disk, StoreFolder folder, bool writing) =>
        writing ? ForWriting(disk, folder, held: null) : ForReading(disk, folder, held: null);

    public void Add(SweepRecord sweep) => Commit(batch => batch.Add(sweep));

    public void Append(IReadOnlyList<SweepEvent> events) => Commit(batch =>
    {
        foreach (var happened in events) batch.Add(happened);
    });

    public IReadOnlyList<SweepRecord> Sweeps()
    {
        lock (_gate) return [.. Known.Sweeps.Values.OrderBy(sweep => sweep.Key).Select(sweep => sweep.Record)];
    }

    public IReadOnlyList<ChangeRecord> Changes(string sweep)
    {
        lock (_gate) return Known.Sweeps.GetValueOrDefault(sweep)?.Changes ?? [];
    }

    public TrialRecord? Find(TrialId trial) => FindStored(trial)?.Record;

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => [.. (FindStored(trial)?.Attempts ?? []).Select(attempt => attempt.Record)];

    public IReadOnlyList<AttemptRecord> Held(string sweep)
    {
        lock (_gate)
        {
            return
            [
                .. Known.InPlay.Values.Where(trial => trial.Record.Spec.Id.Sweep == sweep).OrderBy(trial => trial.Record.Spec.Id.Number)
                    .SelectMany(trial => trial.Attempts).Select(attempt => attempt.Record).Where(attempt => attempt.IsHeld),
            ];
        }
    }

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) =>
        FindStored(trial)?.Attempts.Find(one => one.Record.Lease.Attempt == attempt) is { } known
            ? Read(engine => engine.Parts(known.Row).SelectMany(Curve.Read).Select(epoch => epoch.Report).ToList())
            : [];

    public void Dispose()
    {
        lock (_gate)
        {
            OpenStores.Remove(_folder, this);
            _database.Dispose();
            _lock?.Dispose();
        }
    }

    private static LiteStore Open(StoreFolder folder, string done, Func<LiteStore> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{folder}: can't be {done} ({fault.Message}): choose another folder with --store DIR", fault);
        }
    }

    private static LiteStore ForReading(IDisk disk, StoreFolder folder, StoreLock? held) =>
        new(disk, folder, Database.OpenForReading(disk, folder.Database, Version), held);

    private static LiteStore ForWriting(IDisk disk, StoreFolder folder, StoreLock? held)
    {
        var database = Database.OpenForWriting(disk, folder.Database, Version, _ => { });
        try
        {
            var store = new LiteStore(disk, folder, database, held);
            store.Upgrade();
            // What a crash came before.
            foreach (var sweep in store.Sweeps()) store.KeepBest(sweep.Name);
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Commit(Action<Batch> gather)
    {
        lock (_gate)
        {
            var batch = new Batch(Known, (sweep, number) => _database.Read(engine => FindIn(engine, sweep, number)));
            gather(batch);
            try
            {
                _database.Commit(batch.Write);
            }
            catch (StoreException)
            {
                _known = null;
                throw;
            }
            batch.TakeOver();
            _database.Tidy();
        }
    }

    private StoredTrial? FindStored(TrialId trial)
    {
        lock (_gate)
        {
            if (Known.InPlay.GetValueOrDefault(trial) is { } running) return running;
            return Known.Sweeps.GetValueOrDefault(trial.Sweep) is { } sweep ? _database.Read(engine => FindIn(engine, sweep, trial.Number)) : null;
        }
    }

    private static StoredTrial? FindIn(LiteEngine engine, StoredSweep sweep, int number) =>
        engine.Find(Collections.Trials, Keys.Trial(sweep.Key, number)) is { } document ? TrialDocument.Read(sweep, document) : null;

    private T Read<T>(Func<LiteEngine, T> read)
    {
        lock (_gate) return _database.Read(read);
    }
}
