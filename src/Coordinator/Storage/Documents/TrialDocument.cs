using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>What is stored of a trial, but for the epochs of its attempts.</summary>
/// <param name="Attempts">In order.</param>
internal sealed record StoredTrial(TrialRecord Record, ImmutableList<StoredAttempt> Attempts)
{
    public bool IsInPlay => !Record.IsFinished;
}

/// <param name="Row">By which its epochs are found.</param>
/// <param name="Epochs">So many are stored.</param>
internal sealed record StoredAttempt(AttemptRecord Record, long Row, int Epochs);

/// <summary>Trials as documents. What is read often stands first, for reading stops when it has all it was asked for.</summary>
internal static class TrialDocument
{
    /// <summary>The fields of an outline.</summary>
    public static readonly BsonExpression Outline = BsonExpression.Create("{_id: $._id, state: $.state, fingerprint: $.fingerprint, epochs: $.epochs}");

    public static readonly BsonExpression State = BsonExpression.Create("{_id: $._id, state: $.state, kept: $.kept}");

    public static readonly BsonExpression Rows = BsonExpression.Create("{_id: $._id, attempts: $.attempts}");

    private static readonly JsonSerializerOptions Plain = JsonSerializerOptions.Default;

    // Most trials were trained where the one before was.
    [ThreadStatic]
    private static (string Json, TrialEnvironment Value)? _environment;

    public static BsonDocument Of(long key, StoredTrial trial)
    {
        var record = trial.Record;
        var (parameters, objective) = (JsonSerializer.SerializeToUtf8Bytes(record.Spec.Parameters, Plain), record.Spec.Objective);
        return new BsonDocument
        {
            ["_id"] = key,
            ["state"] = EnumText.Of(record.State),
            ["kept"] = record.Result is not null && record.CheckpointKept,
            ["fingerprint"] = FingerprintOf(parameters),
            ["epochs"] = record.Spec.Parameters.Epochs(),
            ["attempt"] = record.Attempt,
            ["metric"] = EnumText.Of(objective.Metric),
            ["goal"] = EnumText.Of(objective.Goal),
            ["reason"] = record.Reason,
            ["last"] = record.Epoch is { } last ? Of(last) : BsonValue.Null,
            ["result"] = record.Result is { } result ? Of(result) : BsonValue.Null,
            ["attempts"] = new BsonArray(trial.Attempts.Select(Of)),
            // As text: trials that are read so share the values that they have in common.
            ["parameters"] = Encoding.UTF8.GetString(parameters),
        };
    }

    public static StoredTrial Read(string sweep, BsonDocument document)
    {
        var id = new TrialId(sweep, Keys.NumberOf(document["_id"].AsInt64));
        var attempts = Attempts(id, document);
        var objective = new Objective(EnumText.Parse<Metric>(document["metric"].AsString), EnumText.Parse<Goal>(document["goal"].AsString));
        var spec = new TrialSpec(id, JsonSerializer.Deserialize<ParameterSet>(document["parameters"].AsString, Plain)!, objective);
        var result = document["result"] is { IsDocument: true } had ? Result(had.AsDocument) : null;
        var last = document["last"] is { IsDocument: true } epoch ? Epoch(epoch.AsDocument) : null;
        var attempt = attempts[^1].Record;
        return new StoredTrial(
            new TrialRecord(spec, EnumText.Parse<TrialState>(document["state"].AsString), document["attempt"].AsInt32, attempt.Lease.Node, attempt.StartedAt,
                attempt.EndedAt, last, result, TextOrNull(document["reason"]), result is null || document["kept"].AsBoolean),
            attempts);
    }

    public static TrialOutline ReadOutline(BsonDocument document) => new(
        Keys.NumberOf(document["_id"].AsInt64), EnumText.Parse<TrialState>(document["state"].AsString),
        BinaryPrimitives.ReadUInt128LittleEndian(document["fingerprint"].AsBinary), document["epochs"].AsInt32);

    public static ImmutableList<StoredAttempt> Attempts(TrialId trial, BsonDocument document) =>
        [.. document["attempts"].AsArray.Select(attempt => Attempt(trial, attempt.AsDocument))];

    private static byte[] FingerprintOf(byte[] parameters)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Fingerprint.Of(parameters));
        return bytes;
    }

    private static BsonDocument Of(StoredAttempt attempt)
    {
        var ((lease, started, ended, end, reason), row, epochs) = attempt;
        return new BsonDocument
        {
            ["n"] = lease.Attempt,
            ["node"] = lease.Node.Name,
            ["started_at"] = Texts.Of(started),
            ["ended_at"] = ended is { } at ? Texts.Of(at) : null,
            ["end"] = end,
            ["reason"] = reason,
            ["held"] = attempt.Record.IsHeld,
            ["row"] = row,
            ["epochs"] = epochs,
        };
    }

    private static StoredAttempt Attempt(TrialId trial, BsonDocument document)
    {
        var lease = new Lease(trial, new NodeId(document["node"].AsString), document["n"].AsInt32);
        var ended = TextOrNull(document["ended_at"]) is { } at ? Texts.Time(at) : (DateTimeOffset?)null;
        var record = new AttemptRecord(lease, Texts.Time(document["started_at"].AsString), ended, TextOrNull(document["end"]), TextOrNull(document["reason"]))
        {
            IsHeld = document["held"].AsBoolean,
        };
        return new StoredAttempt(record, document["row"].AsInt64, document["epochs"].AsInt32);
    }

    private static BsonDocument Of(EpochReport report) => new()
    {
        ["epoch"] = report.Epoch,
        ["train"] = Of(report.Train),
        ["validation"] = Of(report.Validation),
        ["seconds"] = report.Seconds,
    };

    private static EpochReport Epoch(BsonDocument document) =>
        new(document["epoch"].AsInt32, Score(document["train"]), Score(document["validation"]), document["seconds"].AsDouble);

    private static BsonDocument Of(Score score) => new() { ["loss"] = score.Loss, ["accuracy"] = score.Accuracy };

    private static Score Score(BsonValue document) => new(document["loss"].AsDouble, document["accuracy"].AsDouble);

    private static BsonDocument Of(TrialResult result) => new()
    {
        ["best_epoch"] = result.BestEpoch,
        ["epochs"] = result.Epochs,
        ["train"] = Of(result.Train),
        ["validation"] = Of(result.Validation),
        ["test"] = Of(result.Test),
        ["parameter_count"] = result.ParameterCount,
        ["weights_sha256"] = result.WeightsSha256,
        ["seconds"] = result.Seconds,
        ["checkpoint"] = result.Checkpoint.Sha256,
        ["bytes"] = result.Checkpoint.Bytes,
        ["environment"] = JsonSerializer.Serialize(result.Environment, Plain),
        ["test_report"] = result.TestReport is { } report ? JsonSerializer.Serialize(report, Plain) : null,
    };

    private static TrialResult Result(BsonDocument document) => new(
        document["best_epoch"].AsInt32, document["epochs"].AsInt32, Score(document["train"]), Score(document["validation"]), Score(document["test"]),
        document["parameter_count"].AsInt64, document["weights_sha256"].AsString, document["seconds"].AsDouble,
        new Checkpoint(document["checkpoint"].AsString, document["bytes"].AsInt64), Environment(document["environment"].AsString),
        TextOrNull(document["test_report"]) is { } report ? JsonSerializer.Deserialize<ClassificationReport>(report, Plain) : null);

    private static TrialEnvironment Environment(string json)
    {
        if (_environment?.Json != json) _environment = (json, JsonSerializer.Deserialize<TrialEnvironment>(json, Plain)!);
        return _environment!.Value.Value;
    }

    private static string? TextOrNull(BsonValue value) => value.IsNull ? null : value.AsString;
}
