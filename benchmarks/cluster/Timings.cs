using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Where the coordinator's actor waits. For its one thread at a time.</summary>
internal sealed class Timings
{
    public TimeSpan Storing { get; set; }

    public long Commits { get; set; }

    public long Events { get; set; }
}

internal sealed class TimedStore(ITrialStore store, Timings timings, TimeSpan syncTime) : ITrialStore
{
    public void Append(IReadOnlyList<SweepEvent> events)
    {
        var start = Stopwatch.GetTimestamp();
        store.Append(events);
        // A slower disk holds the actor's thread just so.
        if (syncTime > TimeSpan.Zero) Thread.Sleep(syncTime);
        timings.Storing += Stopwatch.GetElapsedTime(start);
        timings.Commits++;
        timings.Events += events.Count;
    }

    public void Add(SweepRecord sweep) => store.Add(sweep);

    public IReadOnlyList<SweepRecord> Sweeps() => store.Sweeps();

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => store.Trials(sweep, after, most);

    public TrialRecord? Find(TrialId trial) => store.Find(trial);

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => store.Attempts(trial);

    public IReadOnlyList<AttemptRecord> Held(string sweep) => store.Held(sweep);

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => store.Epochs(trial, attempt);

    public bool Keeps(Checkpoint checkpoint) => store.Keeps(checkpoint);

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => store.Changes(sweep);

    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => store.Marks(sweep);

    public void Mark(TrialId trial, TrialMark mark) => store.Mark(trial, mark);

    public IReadOnlyList<EpochRecord> Epochs(string sweep) => store.Epochs(sweep);

    public void Dispose() => store.Dispose();
}
