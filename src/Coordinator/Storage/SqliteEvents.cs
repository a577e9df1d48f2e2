using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.Data.Sqlite;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Writes events as rows. What contradicts the rows changes none of them, and is refused.</summary>
internal sealed class SqliteEvents(SqliteConnection connection) : IDisposable
{
    private const string Trial = "sweep = $sweep AND number = $number";

    private readonly Statement _sweepStarted = new(connection, "UPDATE sweeps SET outcome = NULL, reason = NULL WHERE name = $sweep");
    private readonly Statement _sweepEnded = new(connection, "UPDATE sweeps SET outcome = $outcome, reason = $reason WHERE name = $sweep");
    private readonly Statement _change = new(connection, "INSERT INTO changes VALUES (NULL, $sweep, $at, $change)");
    private readonly Statement _total = new(connection, "UPDATE sweeps SET total = $total WHERE name = $sweep");

    // It has something left to do.
    private readonly Statement _sweepReopened = new(connection, "UPDATE sweeps SET outcome = 'stopped', reason = NULL WHERE name = $sweep AND outcome IS NOT NULL");
    private readonly Statement _trialReopened = new(connection, $"UPDATE trials SET state = 'pending' WHERE {Trial} AND state = 'failed'");
    private readonly Statement _attemptsForgiven = new(connection, $"UPDATE attempts SET held = 0 WHERE {Trial}");

    private readonly Statement _trialStarted = new(connection, """
        INSERT INTO trials VALUES ($sweep, $number, $parameters, $metric, $goal, 'running', $attempt, NULL)
        ON CONFLICT DO UPDATE SET state = 'running', attempt = excluded.attempt, reason = NULL
        WHERE attempt < excluded.attempt AND state IN ('pending', 'running')
          AND (parameters, metric, goal) = (excluded.parameters, excluded.metric, excluded.goal)
        """);

    // A coordinator that died could not say how its attempts ended; the next attempt says it.
    private readonly Statement _attemptSuperseded = new(connection,
        $"UPDATE attempts SET ended_at = $at, outcome = 'lost', reason = 'its coordinator ended' WHERE {Trial} AND ended_at IS NULL");

    private readonly Statement _attemptStarted = new(connection,
        "INSERT INTO attempts VALUES ($sweep, $number, $attempt, $node, $at, NULL, NULL, NULL, 0)");

    private readonly Statement _attemptEnded = new(connection,
        $"UPDATE attempts SET ended_at = $at, outcome = $outcome, reason = $reason, held = $held WHERE {Trial} AND attempt = $attempt AND ended_at IS NULL");

    private readonly Statement _trialPending = new(connection,
        $"UPDATE trials SET state = 'pending', reason = $reason WHERE {Trial} AND attempt = $attempt AND state = 'running'");

    private readonly Statement _trialFinished = new(connection,
        $"UPDATE trials SET state = $state, reason = $reason WHERE {Trial} AND attempt = $attempt AND state IN ('pending', 'running')");

    private readonly Statement _epoch = new(connection, $"""
        INSERT INTO epochs SELECT $sweep, $number, $attempt, $epoch, $train_loss, $train_accuracy, $validation_loss, $validation_accuracy, $seconds
        FROM trials WHERE {Trial} AND attempt = $attempt AND state = 'running'
        """);

    private readonly Statement _checkpoint = new(connection, "INSERT INTO checkpoints VALUES ($sha256, $bytes) ON CONFLICT DO NOTHING");

    private readonly Statement _result = new(connection, """
        INSERT INTO results VALUES ($sweep, $number, $attempt, $best_epoch, $epochs, $train_loss, $train_accuracy, $validation_loss, $validation_accuracy,
          $test_loss, $test_accuracy, $parameter_count, $weights_sha256, $seconds, $checkpoint, $environment, $test_report, 1)
        """);

    private readonly Statement _discarded = new(connection,
        $"UPDATE results SET checkpoint_kept = 0 WHERE {Trial} AND checkpoint = $checkpoint AND checkpoint_kept = 1");

    /// <exception cref="StoreException">The event contradicts what is stored.</exception>
    public void Write(SweepEvent happened)
    {
        var rows = happened switch
        {
            SweepEvent.SweepStarted started => _sweepStarted.Run(("$sweep", started.Sweep)),
            SweepEvent.SweepEnded ended => _sweepEnded.Run(("$outcome", EnumText.Of(ended.End)), ("$reason", ended.Reason), ("$sweep", ended.Sweep)),
            SweepEvent.SweepChanged changed => Write(changed),
            SweepEvent.CheckpointDiscarded discarded => _discarded.Run(
                ("$sweep", discarded.Trial.Sweep), ("$number", discarded.Trial.Number), ("$checkpoint", discarded.Checkpoint.Sha256)),
            SweepEvent.TrialStarted started => Write(started),
            SweepEvent.EpochEnded ended => Write(ended),
            SweepEvent.AttemptEnded ended => Write(ended),
            SweepEvent.TrialFinished finished => Write(finished),
            // Nothing of them outlives the run: what a lost node cost stands with the attempts that were lost.
            SweepEvent.NodeConnected or SweepEvent.NodeLost or SweepEvent.NodeLeft or SweepEvent.NodeDraining or SweepEvent.NodePutAside => 1,
            _ => throw new InvalidOperationException($"No way to store {happened.GetType().Name}."),
        };
        if (rows == 0) throw new StoreException($"refused, it contradicts what is stored: {happened}");
    }

    public void Dispose()
    {
        Statement[] all =
        [
            _sweepStarted, _sweepEnded, _change, _total, _sweepReopened, _trialReopened, _attemptsForgiven, _discarded, _trialStarted, _attemptSuperseded, _attemptStarted, _attemptEnded, _trialPending, _trialFinished,
            _epoch, _checkpoint, _result,
        ];
        foreach (var statement in all) statement.Dispose();
    }

    private int Write(SweepEvent.SweepChanged changed)
    {
        if (_total.Run(("$total", changed.Total), ("$sweep", changed.Sweep)) == 0) return 0;
        _change.Run(("$sweep", changed.Sweep), ("$at", SqliteTime.Text(changed.At)), ("$change", JsonSerializer.Serialize(changed.Change)));
        if (changed.Change is SweepChange.Extended or SweepChange.FailedReopened) _sweepReopened.Run(("$sweep", changed.Sweep));
        if (changed.Change is not SweepChange.FailedReopened(var trials)) return 1;
        return trials.All(Reopen) ? 1 : 0;
    }

    private bool Reopen(TrialId trial)
    {
        _attemptsForgiven.Run(("$sweep", trial.Sweep), ("$number", trial.Number));
        return _trialReopened.Run(("$sweep", trial.Sweep), ("$number", trial.Number)) == 1;
    }

    private int Write(SweepEvent.TrialStarted started)
    {
        var ((sweep, number), node, attempt) = started.Lease;
        var (_, parameters, (metric, goal)) = started.Spec;
        var changed = _trialStarted.Run(("$sweep", sweep), ("$number", number), ("$parameters", JsonSerializer.Serialize(parameters)),
            ("$metric", EnumText.Of(metric)), ("$goal", EnumText.Of(goal)), ("$attempt", attempt));
        if (changed == 0) return 0;
        _attemptSuperseded.Run(("$at", SqliteTime.Text(started.At)), ("$sweep", sweep), ("$number", number));
        return _attemptStarted.Run(("$sweep", sweep), ("$number", number), ("$attempt", attempt), ("$node", node.Name), ("$at", SqliteTime.Text(started.At)));
    }

    private int Write(SweepEvent.EpochEnded ended)
    {
        var ((sweep, number), _, attempt) = ended.Lease;
        var (epoch, train, validation, seconds) = ended.Report;
        return _epoch.Run(("$sweep", sweep), ("$number", number), ("$attempt", attempt), ("$epoch", epoch), ("$train_loss", train.Loss), ("$train_accuracy", train.Accuracy),
            ("$validation_loss", validation.Loss), ("$validation_accuracy", validation.Accuracy), ("$seconds", seconds));
    }

    private int Write(SweepEvent.AttemptEnded ended)
    {
        EndAttempt(ended.Lease, ended.At, EnumText.Of(ended.End), ended.Reason, ended.IsHeld);
        return _trialPending.Run(("$reason", ended.Reason), ("$sweep", ended.Lease.Trial.Sweep), ("$number", ended.Lease.Trial.Number), ("$attempt", ended.Lease.Attempt));
    }

    private int Write(SweepEvent.TrialFinished finished)
    {
        var state = EnumText.Of(finished.State);
        var ((sweep, number), _, attempt) = finished.Lease;
        var changed = _trialFinished.Run(("$state", state), ("$reason", finished.Reason), ("$sweep", sweep), ("$number", number), ("$attempt", attempt));
        if (changed == 0) return 0;
        EndAttempt(finished.Lease, finished.At, state, finished.Reason, isHeld: false);
        if (finished.Result is { } result) Write(finished.Lease, result);
        return changed;
    }

    private void EndAttempt(Lease lease, DateTimeOffset at, string outcome, string? reason, bool isHeld) => _attemptEnded.Run(
        ("$at", SqliteTime.Text(at)), ("$outcome", outcome), ("$reason", reason), ("$held", isHeld ? 1 : 0), ("$sweep", lease.Trial.Sweep), ("$number", lease.Trial.Number), ("$attempt", lease.Attempt));

    private void Write(Lease lease, TrialResult result)
    {
        _checkpoint.Run(("$sha256", result.Checkpoint.Sha256), ("$bytes", result.Checkpoint.Bytes));
        _result.Run(
            ("$sweep", lease.Trial.Sweep), ("$number", lease.Trial.Number), ("$attempt", lease.Attempt), ("$best_epoch", result.BestEpoch), ("$epochs", result.Epochs),
            ("$train_loss", result.Train.Loss), ("$train_accuracy", result.Train.Accuracy),
            ("$validation_loss", result.Validation.Loss), ("$validation_accuracy", result.Validation.Accuracy),
            ("$test_loss", result.Test.Loss), ("$test_accuracy", result.Test.Accuracy),
            ("$parameter_count", result.ParameterCount), ("$weights_sha256", result.WeightsSha256), ("$seconds", result.Seconds),
            ("$checkpoint", result.Checkpoint.Sha256), ("$environment", JsonSerializer.Serialize(result.Environment)),
            ("$test_report", result.TestReport is { } report ? JsonSerializer.Serialize(report) : null));
    }
}
