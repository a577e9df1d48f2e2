using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web;

/// <summary>The records of a coordinator, which is another process. Every member asks it anew.</summary>
/// <exception cref="ControlException">From every member: it can't be asked, or not understood; says why and what to do.</exception>
/// <param name="coordinator">Goes with it.</param>
internal sealed class RemoteRecords(CoordinatorClient coordinator, CancellationToken stop) : ITrialRecords
{
    public IReadOnlyList<SweepRecord> Sweeps() => Pages<SweepRecord>("sweeps?", after: 0, int.MaxValue);

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => Pages<TrialRecord>($"trials?{Of(sweep)}&", after, most);

    public PackedFigures Figures(string sweep, int after = 0)
    {
        var page = Get<PackedFigures>($"figures?{Of(sweep)}&after={after}");
        // One that leads back would never end.
        return page.Next <= after ? throw coordinator.NotUnderstood() : page;
    }

    public SweepTally Tally(SweepRecord sweep) => Get<SweepTally>($"tally?{Of(sweep.Name)}");

    public TrialRecord? Find(TrialId trial) => GetOrNull<TrialRecord>($"trial?{Of(trial)}");

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => Get<IReadOnlyList<AttemptRecord>>($"attempts?{Of(trial)}");

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => Get<IReadOnlyList<EpochReport>>($"epochs?{Of(trial)}&attempt={attempt}");

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => Get<IReadOnlyList<ChangeRecord>>($"changes?{Of(sweep)}");

    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => Get<Dictionary<int, TrialMark>>($"marks?{Of(sweep)}");

    /// <summary>Of any checkpoint that the coordinator has.</summary>
    public byte[]? BytesOf(Checkpoint checkpoint) => coordinator.DownloadAsync(checkpoint, stop).GetAwaiter().GetResult();

    public void Dispose() => coordinator.Dispose();

    private static string Of(string sweep) => $"sweep={Uri.EscapeDataString(sweep)}";

    private static string Of(TrialId trial) => $"{Of(trial.Sweep)}&number={trial.Number}";

    private List<T> Pages<T>(string path, int after, int most)
    {
        var records = new List<T>();
        for (int? next = after; next is { } from && records.Count < most;)
        {
            var page = Get<RecordsPage<T>>($"{path}after={from}");
            // One that leads back would never end.
            if (page.Next <= from) throw coordinator.NotUnderstood();
            records.AddRange(page.Items.Take(most - records.Count));
            next = page.Next;
        }
        return records;
    }

    private T Get<T>(string path) where T : class => GetOrNull<T>(path) ?? throw coordinator.NotUnderstood();

    // Who reads records has nothing else to do meanwhile.
    private T? GetOrNull<T>(string path) where T : class => coordinator.RecordsAsync<T?>(path, stop).GetAwaiter().GetResult();
}
