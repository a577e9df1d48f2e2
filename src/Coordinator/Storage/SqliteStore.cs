using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.Data.Sqlite;

namespace FashionSweep.Coordinator.Storage;

/// <summary>A store in a folder, kept by SQLite. For one thread at a time.</summary>
public sealed partial class SqliteStore : ITrialStore
{
    private readonly SqliteConnection _connection;
    private readonly StoreLock? _lock;
    private readonly SqliteEvents _events;
    private readonly long _version;
    private (string? Json, TrialEnvironment Value) _environment = (null, null!);

    private SqliteStore(SqliteConnection connection, long version, StoreLock? held)
    {
        _connection = connection;
        _lock = held;
        _events = new SqliteEvents(connection, Find, name => Sweeps().FirstOrDefault(sweep => sweep.Name == name));
        _version = version;
    }

    /// <summary>Opens the store of a folder for its one writer, makes it where there is none, and brings that of an older release up to date.</summary>
    /// <exception cref="StoreException">Another process writes to it (says which), a newer fsweep made it, or the folder can't be written.</exception>
    public static SqliteStore OpenForWriting(StoreFolder folder)
    {
        StoreLock? held = null;
        try
        {
            Directory.CreateDirectory(folder.Checkpoints);
            held = StoreLock.Take(folder);
            return new SqliteStore(SqliteDatabase.OpenForWriting(folder.Database), SqliteSchema.Version, held);
        }
        catch (Exception fault)
        {
            held?.Dispose();
            if (fault is not (IOException or UnauthorizedAccessException or SqliteException)) throw;
            throw new StoreException($"{folder}: can't be written ({fault.Message}): choose another folder with --store DIR", fault);
        }
    }

    /// <summary>Opens the store of a folder a second time for writing, in the process that has it open already: each connection is for one thread.</summary>
    /// <exception cref="StoreException">The folder can't be written.</exception>
    public static SqliteStore OpenBeside(StoreFolder folder)
    {
        try
        {
            return new SqliteStore(SqliteDatabase.OpenForWriting(folder.Database), SqliteSchema.Version, held: null);
        }
        catch (SqliteException fault)
        {
            throw new StoreException($"{folder}: can't be written ({fault.Message})", fault);
        }
    }

    /// <summary>Opens the store of a folder to read from it, beside a writer or without one; that of an older release as it is.</summary>
    /// <exception cref="StoreException">There is none yet, or it can't be read.</exception>
    public static SqliteStore OpenForReading(StoreFolder folder)
    {
        try
        {
            if (SqliteDatabase.OpenForReading(folder.Database) is not var (connection, version))
                throw new StoreException(NoSweeps.In(folder));
            return new SqliteStore(connection, version, held: null);
        }
        catch (SqliteException fault)
        {
            throw new StoreException($"{folder}: can't be read ({fault.Message})", fault);
        }
    }

    public void Add(SweepRecord sweep) => Commit(() =>
    {
        using var insert = new Statement(_connection,
            "INSERT INTO sweeps VALUES (NULL, $name, $file, $source, $metric, $goal, $total, $created_at, $outcome, $reason, $seeds, $aggregate, $rules) "
            + "ON CONFLICT DO NOTHING");
        var (metric, goal) = sweep.Objective;
        var added = insert.Run(
            ("$name", sweep.Name), ("$file", sweep.File), ("$source", sweep.Source), ("$metric", EnumText.Of(metric)), ("$goal", EnumText.Of(goal)),
            ("$total", sweep.Total), ("$created_at", SqliteTime.Text(sweep.CreatedAt)), ("$outcome", sweep.End is { } end ? EnumText.Of(end) : null),
            ("$reason", sweep.Reason),
            ("$seeds", sweep.Repeats.Seeds), ("$aggregate", EnumText.Of(sweep.Repeats.Aggregate)), ("$rules", EnumText.Of(sweep.Rules)));
        if (added == 0) throw new StoreException($"a sweep named {sweep.Name} is stored already");
    });

    public void Append(IReadOnlyList<SweepEvent> events) => Commit(() =>
    {
        foreach (var happened in events) _events.Write(happened);
    });

    public IReadOnlyList<SweepRecord> Sweeps() => _connection.Query(
        $"""
        SELECT name, file, source, metric, goal, total, created_at, outcome, {(_version >= SqliteSchema.WithBudgets ? "reason" : "NULL")},
          {(_version >= SqliteSchema.WithRepeats ? "seeds, aggregate" : "1, 'mean'")},
          {(_version >= SqliteSchema.WithRules ? "rules" : "'earlier'")}
        FROM sweeps ORDER BY id
        """,
        row => new SweepRecord(row.Text(), row.Text(), row.Text(), ReadObjective(row), row.Int(), row.Time(), ReadEnd(row.TextOrNull()), row.TextOrNull())
        {
            Repeats = new Repeats(row.Int(), EnumText.Parse<Aggregate>(row.Text())),
            Rules = EnumText.Parse<ReadingRules>(row.Text()),
        });

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => _version < SqliteSchema.WithBudgets ? [] : _connection.Query(
        "SELECT at, change FROM changes WHERE sweep = $sweep ORDER BY id",
        row => new ChangeRecord(row.Time(), JsonSerializer.Deserialize<SweepChange>(row.Text())!), ("$sweep", sweep));

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => _connection.Query(
        $"{SelectTrials} WHERE t.sweep = $sweep AND t.number > $after ORDER BY t.number LIMIT $most",
        ReadTrial, ("$sweep", sweep), ("$after", after), ("$most", most));

    public TrialRecord? Find(TrialId trial) => _connection.Query(
        $"{SelectTrials} WHERE t.sweep = $sweep AND t.number = $number", ReadTrial, ("$sweep", trial.Sweep), ("$number", trial.Number)).SingleOrDefault();

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => _connection.Query(
        $"SELECT node, attempt, started_at, ended_at, outcome, reason, {(_version >= SqliteSchema.WithHeld ? "held" : "0")} "
        + "FROM attempts WHERE sweep = $sweep AND number = $number ORDER BY attempt",
        row => ReadAttempt(row, trial),
        ("$sweep", trial.Sweep), ("$number", trial.Number));

    public IReadOnlyList<AttemptRecord> Held(string sweep) => _version < SqliteSchema.WithHeld ? [] : _connection.Query(
        """
        SELECT a.number, a.node, a.attempt, a.started_at, a.ended_at, a.outcome, a.reason, a.held FROM attempts a JOIN trials t USING (sweep, number)
        WHERE a.sweep = $sweep AND a.held = 1 AND t.state IN ('pending', 'running') ORDER BY a.number, a.attempt
        """,
        row => ReadAttempt(row, new TrialId(sweep, row.Int())), ("$sweep", sweep));

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => _connection.Query(
        """
        SELECT epoch, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds FROM epochs
        WHERE sweep = $sweep AND number = $number AND attempt = $attempt ORDER BY epoch
        """,
        ReadEpoch, ("$sweep", trial.Sweep), ("$number", trial.Number), ("$attempt", attempt));

    public IReadOnlyList<EpochRecord> Epochs(string sweep) => _connection.Query(
        """
        SELECT number, epoch, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds FROM (
          SELECT e.*, julianday(a.started_at) + sum(e.seconds) OVER (PARTITION BY e.number, e.attempt ORDER BY e.epoch) / 86400 AS ended
          FROM epochs e JOIN attempts a USING (sweep, number, attempt) WHERE e.sweep = $sweep)
        ORDER BY ended, number, epoch
        """,
        row => new EpochRecord(new TrialId(sweep, row.Int()), ReadEpoch(row)), ("$sweep", sweep));

    public bool Keeps(Checkpoint checkpoint) => _connection.Query(
        "SELECT 1 FROM results WHERE checkpoint = $checkpoint AND checkpoint_kept = 1 LIMIT 1", _ => true, ("$checkpoint", checkpoint.Sha256)).Count > 0;

    public void Dispose()
    {
        _events.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

    private void Commit(Action write)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            write();
            _connection.Execute("COMMIT");
        }
        catch (Exception fault)
        {
            _events.Forget();
            // Some errors, such as a full disk, have rolled back by themselves.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _connection.Execute("ROLLBACK");
            if (fault is not SqliteException) throw;
            throw new StoreException($"{_connection.DataSource}: can't be written ({fault.Message})", fault);
        }
    }

    private string SelectTrials => $"""
        SELECT t.sweep, t.number, t.parameters, t.metric, t.goal, t.state, t.attempt, t.reason, a.node, a.started_at, a.ended_at,
          e.epoch, e.train_loss, e.train_accuracy, e.validation_loss, e.validation_accuracy, e.seconds,
          r.best_epoch, r.epochs, r.train_loss, r.train_accuracy, r.validation_loss, r.validation_accuracy, r.test_loss, r.test_accuracy,
          r.parameter_count, r.weights_sha256, r.seconds, r.checkpoint, c.bytes, r.environment,
          {(_version >= SqliteSchema.WithReports ? "r.test_report" : "NULL")},
          {(_version >= SqliteSchema.WithBudgets ? "coalesce(r.checkpoint_kept, 1)" : "1")}
        FROM trials t
        JOIN attempts a USING (sweep, number, attempt)
        LEFT JOIN epochs e ON (e.sweep, e.number, e.attempt) = (t.sweep, t.number, t.attempt)
          AND e.epoch = (SELECT max(l.epoch) FROM epochs l WHERE (l.sweep, l.number, l.attempt) = (t.sweep, t.number, t.attempt))
        LEFT JOIN results r ON (r.sweep, r.number) = (t.sweep, t.number)
        LEFT JOIN checkpoints c ON c.sha256 = r.checkpoint
        """;

    private TrialRecord ReadTrial(Row row)
    {
        var spec = new TrialSpec(new TrialId(row.Text(), row.Int()), JsonSerializer.Deserialize<ParameterSet>(row.Utf8())!, ReadObjective(row));
        var (state, attempt, reason) = (EnumText.Parse<TrialState>(row.Text()), row.Int(), row.TextOrNull());
        var (node, started, ended) = (new NodeId(row.Text()), row.Time(), row.TimeOrNull());
        return new TrialRecord(spec, state, attempt, node, started, ended, row.Optional(6, ReadEpoch), row.Optional(15, ReadResult), reason, row.Int() == 1);
    }

    private static AttemptRecord ReadAttempt(Row row, TrialId trial) =>
        new(new Lease(trial, new NodeId(row.Text()), row.Int()), row.Time(), row.TimeOrNull(), row.TextOrNull(), row.TextOrNull()) { IsHeld = row.Int() == 1 };

    private static SweepEnd? ReadEnd(string? outcome) => outcome is null ? null : EnumText.Parse<SweepEnd>(outcome);

    private static Objective ReadObjective(Row row) => new(EnumText.Parse<Metric>(row.Text()), EnumText.Parse<Goal>(row.Text()));

    private static EpochReport ReadEpoch(Row row) => new(row.Int(), ReadScore(row), ReadScore(row), row.Real());

    private static Score ReadScore(Row row) => new(row.Real(), row.Real());

    private TrialResult ReadResult(Row row) => new(
        row.Int(), row.Int(), ReadScore(row), ReadScore(row), ReadScore(row), row.Long(), row.Text(), row.Real(),
        new Checkpoint(row.Text(), row.Long()), ReadEnvironment(row.Text()), ReadReport(row.TextOrNull()));

    // Most trials were trained where the one before was.
    private TrialEnvironment ReadEnvironment(string json)
    {
        if (json != _environment.Json) _environment = (json, JsonSerializer.Deserialize<TrialEnvironment>(json)!);
        return _environment.Value;
    }

    private static ClassificationReport? ReadReport(string? json) => json is null ? null : JsonSerializer.Deserialize<ClassificationReport>(json);
}
