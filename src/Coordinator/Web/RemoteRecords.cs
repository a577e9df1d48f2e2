using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web;

/// <summary>The records of a coordinator elsewhere. Every member asks it anew.</summary>
/// <exception cref="ControlException">From every member: it can't be asked, or not understood; says why and what to do.</exception>
internal sealed class RemoteRecords(RecordsClient coordinator) : ITrialRecords
{
    public IReadOnlyList<SweepRecord> Sweeps() => Pages<SweepRecord>($"{RecordRoutes.Sweeps}?", after: 0, int.MaxValue);

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) =>
        Pages<TrialRecord>($"{RecordRoutes.Trials}?{Of(sweep)}&", after, most);

    public SweepTally Tally(SweepRecord sweep) => coordinator.Get<SweepTally?>($"{RecordRoutes.Tally}?{Of(sweep.Name)}") ?? throw coordinator.NotUnderstood();

    public TrialRecord? Find(TrialId trial) => coordinator.Get<TrialRecord?>($"{RecordRoutes.Trial}?{Of(trial)}");

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => All<AttemptRecord>($"{RecordRoutes.Attempts}?{Of(trial)}");

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => All<EpochReport>($"{RecordRoutes.Epochs}?{Of(trial)}&attempt={attempt}");

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => All<ChangeRecord>($"{RecordRoutes.Changes}?{Of(sweep)}");

    public void Dispose() => coordinator.Dispose();

    private static string Of(string sweep) => $"sweep={Uri.EscapeDataString(sweep)}";

    private static string Of(TrialId trial) => $"{Of(trial.Sweep)}&number={trial.Number}";

    private IReadOnlyList<T> All<T>(string path) => coordinator.Get<IReadOnlyList<T>?>(path) ?? throw coordinator.NotUnderstood();

    private List<T> Pages<T>(string path, int after, int most)
    {
        var records = new List<T>();
        for (int? next = after; next is { } from && records.Count < most;)
        {
            var page = coordinator.Get<RecordsPage<T>?>($"{path}after={from}") ?? throw coordinator.NotUnderstood();
            // One that leads back would never end.
            if (page.Next <= from) throw coordinator.NotUnderstood();
            records.AddRange(page.Items.Take(most - records.Count));
            next = page.Next;
        }
        return records;
    }
}
