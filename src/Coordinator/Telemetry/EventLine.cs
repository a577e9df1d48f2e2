using System.Collections;
using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.Extensions.Logging;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>An event as a log has it: its name, how much it matters, and fields in a fixed order, which whatever logs it takes for its attributes.</summary>
/// <param name="Fields">Texts, whole numbers or doubles.</param>
internal sealed record EventLine(DateTimeOffset At, LogLevel Level, string Name, IReadOnlyList<KeyValuePair<string, object>> Fields)
    : IReadOnlyList<KeyValuePair<string, object>>
{
    public int Count => Fields.Count;

    public KeyValuePair<string, object> this[int index] => Fields[index];

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => Fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Known before the line is made: most events are of a level that nobody asked for.</summary>
    public static LogLevel LevelOf(SweepEvent happened) => happened switch
    {
        SweepEvent.EpochEnded or SweepEvent.CheckpointDiscarded or SweepEvent.TrialDrawn or SweepEvent.EngineAwaited { IsNews: false } => LogLevel.Debug,
        SweepEvent.EngineAwaited { Trials: > 0 } => LogLevel.Warning,
        SweepEvent.NodeLost or SweepEvent.NodePutAside or SweepEvent.AttemptEnded { End: not AttemptEnd.Stopped } => LogLevel.Warning,
        SweepEvent.TrialFinished { State: TrialState.Failed } or SweepEvent.SweepEnded { End: SweepEnd.NoNodes or SweepEnd.TooManyFailed } => LogLevel.Error,
        _ => LogLevel.Information,
    };

    public static EventLine Of(SweepEvent happened) =>
        new(happened.At, LevelOf(happened), JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name), [.. FieldsOf(happened)]);

    private static IEnumerable<KeyValuePair<string, object>> FieldsOf(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted started => [Field("sweep", started.Sweep), Field("total", started.Total), Field("finished", started.Finished)],
        SweepEvent.NodeConnected { Node: var node } => [Field("node", node.Id.Name), Field("slots", node.Slots), Field("kernels", node.Kernels)],
        SweepEvent.NodeLost lost => [Field("node", lost.Node.Name), .. Why(lost.Reason)],
        SweepEvent.NodeLeft left => [Field("node", left.Node.Name)],
        SweepEvent.NodeDraining draining => [Field("node", draining.Node.Name)],
        SweepEvent.NodePutAside aside => [Field("node", aside.Node.Name), .. Why(aside.Reason)],
        SweepEvent.TrialDrawn { Spec: var spec } =>
            [Field("sweep", spec.Id.Sweep), Field("trial", spec.Id.ToString()), Field("engine", spec.Parameters.Engine())],
        SweepEvent.EngineAwaited awaited =>
        [
            Field("sweep", awaited.Sweep), Field("engine", awaited.Engine), Field("trials", awaited.Trials),
            .. Why(awaited.Trials > 0 ? $"no node has {awaited.Engine}" : null),
        ],
        SweepEvent.TrialStarted started => Under(started.Lease),
        SweepEvent.EpochEnded ended => [.. Under(ended.Lease), .. Of(ended.Report)],
        SweepEvent.AttemptEnded ended => [.. Under(ended.Lease), Field("end", EnumText.Of(ended.End)), .. Why(ended.Reason)],
        SweepEvent.TrialFinished finished =>
            [.. Under(finished.Lease), Field("state", EnumText.Of(finished.State)), .. Of(finished.Result), .. Why(finished.Reason)],
        SweepEvent.CheckpointDiscarded discarded =>
        [
            Field("sweep", discarded.Trial.Sweep), Field("trial", discarded.Trial.ToString()), Field("checkpoint", discarded.Checkpoint.Sha256),
        ],
        SweepEvent.SweepChanged changed => [Field("sweep", changed.Sweep), Field("change", NameOf(changed.Change)), Field("total", changed.Total)],
        SweepEvent.SweepEnded ended => [Field("sweep", ended.Sweep), Field("end", EnumText.Of(ended.End)), .. Why(ended.Reason)],
        SweepEvent.SweepNotified notified => [Field("sweep", notified.Sweep)],
        // A fact that this log doesn't know is still a fact.
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, object>> Under(Lease lease) =>
        [Field("sweep", lease.Trial.Sweep), Field("trial", lease.Trial.ToString()), Field("lease", lease.ToString()), Field("node", lease.Node.Name)];

    private static IEnumerable<KeyValuePair<string, object>> Of(EpochReport report) =>
    [
        Field("epoch", report.Epoch), Field("validation_accuracy", report.Validation.Accuracy),
        Field("validation_loss", report.Validation.Loss), Field("seconds", report.Seconds),
    ];

    private static IEnumerable<KeyValuePair<string, object>> Of(TrialResult? result) => result is null ? [] :
    [
        Field("epochs", result.Epochs), Field("best_epoch", result.BestEpoch), Field("validation_accuracy", result.Validation.Accuracy),
        Field("validation_loss", result.Validation.Loss), Field("seconds", result.Seconds), Field("checkpoint", result.Checkpoint.Sha256),
    ];

    private static IEnumerable<KeyValuePair<string, object>> Why(string? reason) => reason is null ? [] : [Field("reason", Redaction.Of(reason))];

    private static string NameOf(SweepChange change) => JsonNamingPolicy.SnakeCaseLower.ConvertName(change.GetType().Name);

    private static KeyValuePair<string, object> Field(string name, object value) => new(name, value);
}
