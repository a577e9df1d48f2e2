using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.Data.Sqlite;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Writes events as rows: what the records say after them.</summary>
/// <param name="find">Reads a trial's record.</param>
/// <param name="sweep">Reads a sweep's.</param>
internal sealed class SqliteEvents(SqliteConnection connection, Func<TrialId, TrialRecord?> find, Func<string, SweepRecord?> sweep) : IDisposable
{
    private const string Trial = "sweep = $sweep AND number = $number";

    private readonly Statement _sweep = new(connection, "UPDATE sweeps SET total = $total, outcome = $outcome, reason = $reason WHERE name = $sweep");
    private readonly Statement _change = new(connection, "INSERT INTO changes VALUES (NULL, $sweep, $at, $change)");

    private readonly Statement _newTrial = new(connection,
        "INSERT INTO trials VALUES ($sweep, $number, $parameters, $metric, $goal, 'running', $attempt, NULL)");

    private readonly Statement _trial = new(connection, $"UPDATE trials SET state = $state, attempt = $attempt, reason = $reason WHERE {Trial}");

    private readonly Statement _newAttempt = new(connection,
        "INSERT INTO attempts VALUES ($sweep, $number, $attempt, $node, $at, NULL, NULL, NULL, 0)");

    private readonly Statement _attempt = new(connection,
        $"UPDATE attempts SET ended_at = $at, outcome = $outcome, reason = $reason, held = $held WHERE {Trial} AND attempt = $attempt AND ended_at IS NULL");

    private readonly Statement _attemptsForgiven = new(connection, $"UPDATE attempts SET held = 0 WHERE {Trial}");

    private readonly Statement _epoch = new(connection,
        """
        INSERT INTO epochs
        VALUES ($sweep, $number, $attempt, $epoch, $train_loss, $train_accuracy, $validation_loss, $validation_accuracy, $seconds)
        """);

    private readonly Statement _checkpoint = new(connection, "INSERT INTO checkpoints VALUES ($sha256, $bytes) ON CONFLICT DO NOTHING");

    private readonly Statement _result = new(connection, """
        INSERT INTO results VALUES ($sweep, $number, $attempt, $best_epoch, $epochs, $train_loss, $train_accuracy, $validation_loss, $validation_accuracy,
          $test_loss, $test_accuracy, $parameter_count, $weights_sha256, $seconds, $checkpoint, $environment, $test_report, 1)
        """);

    private readonly Statement _discarded = new(connection, $"UPDATE results SET checkpoint_kept = 0 WHERE {Trial}");

    // Of the trials that run: most events are about them, and nobody else writes to these.
    private readonly Dictionary<TrialId, TrialRecord> _running = [];

    /// <exception cref="StoreException">The event contradicts what is stored.</exception>
    public void Write(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted or SweepEvent.SweepEnded: WriteSweep(happened); break;
            case SweepEvent.SweepChanged changed: Write(changed); break;
            case SweepEvent.TrialStarted started: Write(started); break;
            case SweepEvent.EpochEnded ended: Write(ended); break;
            case SweepEvent.AttemptEnded { Lease: var lease }: End(lease, Apply(lease.Trial, happened), happened); break;
            case SweepEvent.TrialFinished finished: Write(finished); break;
            case SweepEvent.CheckpointDiscarded { Trial: var trial }:
                Apply(trial, happened);
                _discarded.Run(("$sweep", trial.Sweep), ("$number", trial.Number));
                break;
            // Nothing of them outlives the run: what a lost node cost stands with the attempts that were lost.
            case SweepEvent.NodeConnected or SweepEvent.NodeLost or SweepEvent.NodeLeft or SweepEvent.NodeDraining or SweepEvent.NodePutAside: break;
            default: throw new InvalidOperationException($"No way to store {happened.GetType().Name}.");
        }
    }

    /// <summary>What was written since the last commit is taken back.</summary>
    public void Forget() => _running.Clear();

    public void Dispose()
    {
        Statement[] all = [_sweep, _change, _newTrial, _trial, _newAttempt, _attempt, _attemptsForgiven, _epoch, _checkpoint, _result, _discarded];
        foreach (var statement in all) statement.Dispose();
    }

    private void WriteSweep(SweepEvent happened)
    {
        var after = (sweep(happened.Sweep()!) ?? throw Contradiction(happened)).Apply(happened);
        _sweep.Run(
            ("$total", after.Total), ("$outcome", after.End is { } end ? EnumText.Of(end) : null), ("$reason", after.Reason), ("$sweep", after.Name));
    }

    private void Write(SweepEvent.SweepChanged changed)
    {
        WriteSweep(changed);
        _change.Run(("$sweep", changed.Sweep), ("$at", SqliteTime.Text(changed.At)), ("$change", JsonSerializer.Serialize(changed.Change)));
        if (changed.Change is not SweepChange.FailedReopened(var trials)) return;
        foreach (var trial in trials)
        {
            Update(Apply(trial, changed));
            _attemptsForgiven.Run(("$sweep", trial.Sweep), ("$number", trial.Number));
        }
    }

    private void Write(SweepEvent.TrialStarted started)
    {
        var (id, node, attempt) = started.Lease;
        // The first attempt is of no trial that is known; if it is, its key refuses it.
        var known = attempt == 1 ? null : find(id);
        var trial = TrialRecord.Apply(known, started) ?? throw Contradiction(started);
        if (known is null) Insert(trial);
        else Update(trial);
        if (known is { EndedAt: null }) EndAttempt(new Lease(id, known.Node, known.Attempt), started);
        _newAttempt.Run(("$sweep", id.Sweep), ("$number", id.Number), ("$attempt", attempt), ("$node", node.Name), ("$at", SqliteTime.Text(started.At)));
        _running[id] = trial;
    }

    private void Write(SweepEvent.EpochEnded ended)
    {
        var ((name, number), _, attempt) = ended.Lease;
        var (epoch, train, validation, seconds) = ended.Report;
        _running[ended.Lease.Trial] = Apply(ended.Lease.Trial, ended);
        _epoch.Run(
            ("$sweep", name), ("$number", number), ("$attempt", attempt), ("$epoch", epoch), ("$train_loss", train.Loss), ("$train_accuracy", train.Accuracy),
            ("$validation_loss", validation.Loss), ("$validation_accuracy", validation.Accuracy), ("$seconds", seconds));
    }

    private void Write(SweepEvent.TrialFinished finished)
    {
        End(finished.Lease, Apply(finished.Lease.Trial, finished), finished);
        if (finished.Result is { } result) Write(finished.Lease, result);
    }

    private void End(Lease lease, TrialRecord trial, SweepEvent happened)
    {
        EndAttempt(lease, happened);
        Update(trial);
        _running.Remove(lease.Trial);
    }

    private TrialRecord Apply(TrialId id, SweepEvent happened) =>
        TrialRecord.Apply(_running.GetValueOrDefault(id) ?? find(id), happened) ?? throw Contradiction(happened);

    private void Insert(TrialRecord trial)
    {
        var ((name, number), parameters, (metric, goal)) = trial.Spec;
        _newTrial.Run(
            ("$sweep", name), ("$number", number), ("$parameters", JsonSerializer.Serialize(parameters)), ("$metric", EnumText.Of(metric)),
            ("$goal", EnumText.Of(goal)), ("$attempt", trial.Attempt));
    }

    private void Update(TrialRecord trial) => _trial.Run(
        ("$state", EnumText.Of(trial.State)), ("$attempt", trial.Attempt), ("$reason", trial.Reason),
        ("$sweep", trial.Spec.Id.Sweep), ("$number", trial.Spec.Id.Number));

    private void EndAttempt(Lease lease, SweepEvent happened)
    {
        var ended = new AttemptRecord(lease, happened.At, null, null, null).Apply(happened);
        _attempt.Run(
            ("$at", SqliteTime.Text(ended.EndedAt!.Value)), ("$outcome", ended.End), ("$reason", ended.Reason), ("$held", ended.IsHeld ? 1 : 0),
            ("$sweep", lease.Trial.Sweep), ("$number", lease.Trial.Number), ("$attempt", lease.Attempt));
    }

    private void Write(Lease lease, TrialResult result)
    {
        _checkpoint.Run(("$sha256", result.Checkpoint.Sha256), ("$bytes", result.Checkpoint.Bytes));
        _result.Run(
            ("$sweep", lease.Trial.Sweep), ("$number", lease.Trial.Number), ("$attempt", lease.Attempt), ("$best_epoch", result.BestEpoch),
            ("$epochs", result.Epochs), ("$train_loss", result.Train.Loss), ("$train_accuracy", result.Train.Accuracy),
            ("$validation_loss", result.Validation.Loss), ("$validation_accuracy", result.Validation.Accuracy),
            ("$test_loss", result.Test.Loss), ("$test_accuracy", result.Test.Accuracy),
            ("$parameter_count", result.ParameterCount), ("$weights_sha256", result.WeightsSha256), ("$seconds", result.Seconds),
            ("$checkpoint", result.Checkpoint.Sha256), ("$environment", JsonSerializer.Serialize(result.Environment)),
            ("$test_report", result.TestReport is { } report ? JsonSerializer.Serialize(report) : null));
    }

    private static StoreException Contradiction(SweepEvent happened) => new($"refused, it contradicts what is stored: {happened}");
}
