using System.Buffers.Binary;
using System.Collections.Immutable;
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
internal sealed record StoredTrial(TrialRecord Record, StoredParameters Parameters, ImmutableList<StoredAttempt> Attempts)
{
    public bool IsInPlay => !Record.IsFinished;
}

/// <param name="Row">By which its epochs are found.</param>
/// <param name="Epochs">So many are stored.</param>
internal sealed record StoredAttempt(AttemptRecord Record, long Row, int Epochs);

/// <summary>Trials as documents. What is read often stands first, for reading stops when it has all it was asked for; what is nothing is not there.</summary>
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

    [ThreadStatic]
    private static NodeId _node;

    public static BsonDocument Of(long key, StoredTrial trial)
    {
        var (record, parameters) = (trial.Record, trial.Parameters);
        var objective = record.Spec.Objective;
        var document = new BsonDocument
        {
            ["_id"] = key,
            ["state"] = EnumText.Of(record.State),
            ["kept"] = record.Result is not null && record.CheckpointKept,
            ["fingerprint"] = parameters.Fingerprint,
            ["epochs"] = record.Spec.Parameters.Epochs(),
            ["metric"] = EnumText.Of(objective.Metric),
            ["goal"] = EnumText.Of(objective.Goal),
            ["parameters"] = parameters.Others,
            ["attempts"] = new BsonArray(trial.Attempts.Select(Of)),
        };
        document.AddIfAny("drawn_at", trial.Attempts.IsEmpty ? Texts.Of(record.StartedAt) : null);
        document.AddIfAny("without", parameters.Without.Count > 0 ? parameters.Without : null);
        document.AddIfAny("reason", record.Reason);
        document.AddIfAny("last", record.Epoch is { } last ? Curve.Of(last) : null);
        document.AddIfAny("result", record.Result is { } result ? Of(result) : null);
        return document;
    }

    public static StoredTrial Read(StoredSweep sweep, BsonDocument document)
    {
        var record = Record(sweep, document, withReport: true);
        return new StoredTrial(record, StoredParameters.Read(document), Attempts(record.Spec.Id, document));
    }

    /// <param name="withReport">Else a result comes without its test report: of many trials nobody looks at it, and it is the most of their reading.</param>
    public static TrialRecord Record(StoredSweep sweep, BsonDocument document, bool withReport)
    {
        var id = new TrialId(sweep.Record.Name, Keys.NumberOf(document["_id"].AsInt64));
        var objective = new Objective(EnumText.Parse<Metric>(document["metric"].AsString), EnumText.Parse<Goal>(document["goal"].AsString));
        var spec = new TrialSpec(id, StoredParameters.Read(document).In(sweep), objective == sweep.Record.Objective ? sweep.Record.Objective : objective);
        var result = document["result"] is { IsDocument: true } had ? Result(had.AsDocument, withReport) : null;
        var last = document["last"] is { IsBinary: true } epoch ? Curve.One(epoch.AsBinary) : null;
        var attempts = document["attempts"].AsArray;
        if (attempts.Count == 0)
            return new TrialRecord(
                spec, TrialState.Pending, 0, TrialRecord.Nowhere, Texts.Time(document["drawn_at"].AsString), null, null, null, null);
        var attempt = attempts[attempts.Count - 1].AsDocument;
        return new TrialRecord(
            spec, EnumText.Parse<TrialState>(document["state"].AsString), attempt["n"].AsInt32, Node(attempt), Texts.Time(attempt["started_at"].AsString),
            EndedAt(attempt), last, result, TextOrNull(document["reason"]), result is null || document["kept"].AsBoolean);
    }

    public static TrialOutline ReadOutline(BsonDocument document) => new(
        Keys.NumberOf(document["_id"].AsInt64), EnumText.Parse<TrialState>(document["state"].AsString),
        BinaryPrimitives.ReadUInt128LittleEndian(document["fingerprint"].AsBinary), document["epochs"].AsInt32);

    public static ImmutableList<StoredAttempt> Attempts(TrialId trial, BsonDocument document) =>
        [.. document["attempts"].AsArray.Select(attempt => Attempt(trial, attempt.AsDocument))];

    private static BsonDocument Of(StoredAttempt attempt)
    {
        var ((lease, started, ended, end, reason), row, epochs) = attempt;
        var document = new BsonDocument
        {
            ["n"] = lease.Attempt,
            ["node"] = lease.Node.Name,
            ["started_at"] = Texts.Of(started),
            ["row"] = row,
            ["epochs"] = epochs,
        };
        document.AddIfAny("ended_at", ended is { } at ? Texts.Of(at) : null);
        document.AddIfAny("end", end);
        document.AddIfAny("reason", reason);
        document.AddIfAny("held", attempt.Record.IsHeld ? true : null);
        return document;
    }

    private static StoredAttempt Attempt(TrialId trial, BsonDocument document)
    {
        var lease = new Lease(trial, Node(document), document["n"].AsInt32);
        var started = Texts.Time(document["started_at"].AsString);
        var record = new AttemptRecord(lease, started, EndedAt(document), TextOrNull(document["end"]), TextOrNull(document["reason"]))
        {
            IsHeld = document["held"] is { IsBoolean: true, AsBoolean: true },
        };
        return new StoredAttempt(record, document["row"].AsInt64, document["epochs"].AsInt32);
    }

    private static NodeId Node(BsonDocument attempt)
    {
        if (_node.Name != attempt["node"].AsString) _node = new NodeId(attempt["node"].AsString);
        return _node;
    }

    private static DateTimeOffset? EndedAt(BsonDocument attempt) => TextOrNull(attempt["ended_at"]) is { } at ? Texts.Time(at) : null;

    private static BsonDocument Of(TrialResult result)
    {
        var document = new BsonDocument
        {
            ["best_epoch"] = result.BestEpoch,
            ["epochs"] = result.Epochs,
            ["train_loss"] = result.Train.Loss,
            ["train_accuracy"] = result.Train.Accuracy,
            ["validation_loss"] = result.Validation.Loss,
            ["validation_accuracy"] = result.Validation.Accuracy,
            ["test_loss"] = result.Test.Loss,
            ["test_accuracy"] = result.Test.Accuracy,
            ["parameter_count"] = result.ParameterCount,
            ["weights_sha256"] = result.WeightsSha256,
            ["seconds"] = result.Seconds,
            ["checkpoint"] = result.Checkpoint.Sha256,
            ["bytes"] = result.Checkpoint.Bytes,
            ["environment"] = JsonSerializer.Serialize(result.Environment, Plain),
        };
        // As bytes: it is most of a result, and passed over more often than read.
        document.AddIfAny("test_report", result.TestReport is { } report ? JsonSerializer.SerializeToUtf8Bytes(report, Plain) : null);
        return document;
    }

    private static TrialResult Result(BsonDocument document, bool withReport) => new(
        document["best_epoch"].AsInt32, document["epochs"].AsInt32,
        new Score(document["train_loss"].AsDouble, document["train_accuracy"].AsDouble),
        new Score(document["validation_loss"].AsDouble, document["validation_accuracy"].AsDouble),
        new Score(document["test_loss"].AsDouble, document["test_accuracy"].AsDouble),
        document["parameter_count"].AsInt64, document["weights_sha256"].AsString, document["seconds"].AsDouble,
        new Checkpoint(document["checkpoint"].AsString, document["bytes"].AsInt64), Environment(document["environment"].AsString),
        withReport && document["test_report"] is { IsBinary: true } report ? JsonSerializer.Deserialize<ClassificationReport>(report.AsBinary, Plain) : null);

    private static TrialEnvironment Environment(string json)
    {
        if (_environment?.Json != json) _environment = (json, JsonSerializer.Deserialize<TrialEnvironment>(json, Plain)!);
        return _environment!.Value.Value;
    }

    private static void AddIfAny(this BsonDocument document, string name, BsonValue? value)
    {
        if (value is { IsNull: false }) document[name] = value;
    }

    private static string? TextOrNull(BsonValue value) => value.IsNull ? null : value.AsString;
}
