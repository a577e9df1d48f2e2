using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <content>What can be known of a sweep without reading all of it.</content>
public sealed partial class SqliteStore
{
    public IReadOnlyList<TrialRecord> Trials(string sweep, TrialsThat which)
    {
        List<string> conditions = [];
        if (which.HasFlag(TrialsThat.AreUnfinished)) conditions.Add("t.state IN ('pending', 'running')");
        if (which.HasFlag(TrialsThat.HaveFailed)) conditions.Add("t.state = 'failed'");
        if (which.HasFlag(TrialsThat.KeepACheckpoint))
            conditions.Add("t.number IN (SELECT k.number FROM results k WHERE k.sweep = $sweep"
                + $"{(_version >= SqliteSchema.WithBudgets ? " AND k.checkpoint_kept = 1" : "")})");
        return conditions.Count == 0
            ? []
            : _connection.Query(
                $"{SelectTrials} WHERE t.sweep = $sweep AND ({string.Join(" OR ", conditions)}) ORDER BY t.number", ReadTrial, ("$sweep", sweep));
    }

    public IReadOnlyList<TrialOutline> Outlines(string sweep) =>
        _connection.Query("SELECT number, state, parameters FROM trials WHERE sweep = $sweep ORDER BY number", ReadOutline, ("$sweep", sweep));

    public SweepTally Tally(SweepRecord sweep)
    {
        var counts = _connection.Query(
            "SELECT state, count(*) FROM trials WHERE sweep = $sweep GROUP BY state",
            row => KeyValuePair.Create(EnumText.Parse<TrialState>(row.Text()), row.Int()),
            ("$sweep", sweep.Name));
        return SweepTally.Of(counts.ToDictionary(), Best(sweep));
    }

    public IReadOnlyList<EpochRecord> Epochs(string sweep, IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs)
    {
        if (trials.Count + epochs.Count == 0) return [];
        var ofTrials = "e.number IN (SELECT value FROM json_each($trials))";
        // Few rows of many: their times are added up one by one, not all of them in a window.
        return _connection.Query(
            $"""
            SELECT e.number, e.epoch, e.train_loss, e.train_accuracy, e.validation_loss, e.validation_accuracy, e.seconds
            FROM epochs e JOIN attempts a USING (sweep, number, attempt)
            WHERE e.sweep = $sweep AND {(epochs.Count == 0 ? ofTrials : $"(e.epoch IN (SELECT value FROM json_each($epochs)) OR {ofTrials})")}
            ORDER BY julianday(a.started_at) + (SELECT sum(s.seconds) FROM epochs s
              WHERE (s.sweep, s.number, s.attempt) = (e.sweep, e.number, e.attempt) AND s.epoch <= e.epoch) / 86400, e.number, e.epoch
            """,
            row => new EpochRecord(new TrialId(sweep, row.Int()), ReadEpoch(row)),
            ("$sweep", sweep), ("$trials", JsonSerializer.Serialize(trials)), ("$epochs", JsonSerializer.Serialize(epochs)));
    }

    private TrialRecord? Best(SweepRecord sweep)
    {
        var places = _connection.Query(
            "SELECT number, train_loss, train_accuracy, validation_loss, validation_accuracy FROM results WHERE sweep = $sweep",
            row => row.Int() is var number ? sweep.Objective.PlaceOf(ReadScore(row), ReadScore(row), number) : default, ("$sweep", sweep.Name));
        return places.Count == 0 ? null : Find(new TrialId(sweep.Name, places.Min().Number));
    }

    private static TrialOutline ReadOutline(Row row)
    {
        var (number, state, parameters) = (row.Int(), EnumText.Parse<TrialState>(row.Text()), row.Utf8());
        return new TrialOutline(number, state, Fingerprint.Of(parameters), PlannedEpochs.In(parameters));
    }
}
