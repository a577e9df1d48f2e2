using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Actors;

/// <summary>A store that says what it was given, and that can be full.</summary>
internal sealed class LoggingStore : ITrialStore
{
    private readonly InMemoryStore _store = new();
    private readonly List<SweepEvent> _events = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LoggingStore() => _store.Add(Samples.Sweep(total: 400));

    public List<string> Log { get; } = [];

    public int Appends { get; private set; }

    public bool IsFull { get; set; }

    public bool IsFullForTheBest { get; set; }

    /// <summary>The sweeps whose best checkpoints it was to keep.</summary>
    public List<string> KeptBest { get; } = [];

    public async Task SawAsync<T>(int times = 1) where T : SweepEvent
    {
        while (true)
        {
            Task next;
            lock (Log)
            {
                if (_events.OfType<T>().Count() >= times) return;
                next = _appended.Task;
            }
            await next;
        }
    }

    public void Append(IReadOnlyList<SweepEvent> events)
    {
        if (IsFull) throw new StoreException("the disk is full");
        _store.Append(events);
        lock (Log)
        {
            Appends++;
            Log.AddRange(events.Select(happened => "save " + happened.GetType().Name));
            _events.AddRange(events);
            _appended.SetResult();
            _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void KeepBest(string sweep)
    {
        KeptBest.Add(sweep);
        if (IsFullForTheBest) throw new StoreException("the disk is full");
    }

    public void Add(SweepRecord sweep) => _store.Add(sweep);

    public IReadOnlyList<SweepRecord> Sweeps() => _store.Sweeps();

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => _store.Trials(sweep, after, most);

    public TrialRecord? Find(TrialId trial) => _store.Find(trial);

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => _store.Attempts(trial);

    public IReadOnlyList<AttemptRecord> Held(string sweep) => _store.Held(sweep);

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => _store.Epochs(trial, attempt);

    public IReadOnlyList<EpochRecord> Epochs(string sweep) => _store.Epochs(sweep);

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => _store.Changes(sweep);

    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => _store.Marks(sweep);

    public void Mark(TrialId trial, TrialMark mark) => _store.Mark(trial, mark);

    public bool Keeps(Checkpoint checkpoint) => _store.Keeps(checkpoint);

    public void Dispose() => _store.Dispose();
}
