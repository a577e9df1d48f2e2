using System.Collections.Concurrent;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>The stores that this process writes to, by folder: as their lock does, they belong to the process. It reads them through these.</summary>
internal static class OpenStores
{
    private static readonly ConcurrentDictionary<string, LiteStore> Stores = new();

    public static void Add(StoreFolder folder, LiteStore store) => Stores[Path.GetFullPath(folder.Path)] = store;

    public static void Remove(StoreFolder folder, LiteStore store) => Stores.TryRemove(KeyValuePair.Create(Path.GetFullPath(folder.Path), store));

    /// <returns>Null where it does not write to it.</returns>
    public static ITrialRecords? In(StoreFolder folder) => Stores.TryGetValue(Path.GetFullPath(folder.Path), out var store) ? new View(store) : null;

    /// <summary>Of a store that goes on to be used when its reader is done.</summary>
    private sealed class View(LiteStore store) : ITrialRecords
    {
        public IReadOnlyList<SweepRecord> Sweeps() => store.Sweeps();

        public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => store.Trials(sweep, after, most);

        public SweepTally Tally(SweepRecord sweep) => store.Tally(sweep);

        public TrialRecord? Find(TrialId trial) => store.Find(trial);

        public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => store.Attempts(trial);

        public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => store.Epochs(trial, attempt);

        public byte[]? BytesOf(Checkpoint checkpoint) => store.BytesOf(checkpoint);

        public IReadOnlyList<ChangeRecord> Changes(string sweep) => store.Changes(sweep);

        public void Dispose()
        {
        }
    }
}
