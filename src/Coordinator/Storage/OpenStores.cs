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
    public static LiteStore? In(StoreFolder folder) => Stores.GetValueOrDefault(Path.GetFullPath(folder.Path));

    /// <summary>What is in such a store, for a reader: it goes on to be used when he is done.</summary>
    public static ITrialRecords View(LiteStore store) => new Records(store);

    private sealed class Records(LiteStore store) : ITrialRecords
    {
        public IReadOnlyList<SweepRecord> Sweeps() => store.Sweeps();

        public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => store.Trials(sweep, after, most);

        public PackedFigures Figures(string sweep, int after = 0) => store.Figures(sweep, after);

        public SweepTally Tally(SweepRecord sweep) => store.Tally(sweep);

        public TrialRecord? Find(TrialId trial) => store.Find(trial);

        public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => store.Attempts(trial);

        public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => store.Epochs(trial, attempt);

        public byte[]? BytesOf(Checkpoint checkpoint) => store.BytesOf(checkpoint);

        public IReadOnlyList<ChangeRecord> Changes(string sweep) => store.Changes(sweep);

        public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => store.Marks(sweep);

        public void Dispose()
        {
        }
    }
}
