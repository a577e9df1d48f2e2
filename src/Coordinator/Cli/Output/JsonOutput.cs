using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>JSON for programs: snake_case names, doubles to the bit, times in ISO 8601.</summary>
public static class JsonOutput
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // A loss may be NaN, for which JSON has no number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // For files and pipes, never inside a web page: nothing needs escapes beyond JSON's own.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new NodeName() },
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Compact);

    public static string Document<T>(T value) => JsonSerializer.Serialize(value, Indented);

    private sealed class NodeName : JsonConverter<NodeId>
    {
        public override NodeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}

/// <summary>A sweep as <c>leaderboard --format json</c> writes it.</summary>
/// <param name="Objectives">All of them; the first is the one that ranks.</param>
public sealed record JsonSweep(
    string Name, string File, Objective Objective, Objectives Objectives, Repeats Repeats, int Total, DateTimeOffset CreatedAt, SweepEnd? End)
{
    public static JsonSweep Of(SweepRecord sweep) =>
        new(sweep.Name, sweep.File, sweep.Objective, sweep.Objectives, sweep.Repeats, sweep.Total, sweep.CreatedAt, sweep.End);
}

/// <summary>A trial's full record.</summary>
/// <param name="Configuration">Its number in the order of trying, from 1.</param>
/// <param name="Repeat">Of its configuration, from 1.</param>
public sealed record JsonTrial(
    int? Rank, TrialId Trial, int Configuration, int Repeat, TrialState State, ParameterSet Parameters, Objective Objective, int Attempt, NodeId Node,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, EpochReport? Epoch, TrialResult? Result, string? Reason, bool CheckpointKept)
{
    public static JsonTrial Of(int? rank, TrialRecord trial, Repeats repeats) => new(
        rank, trial.Spec.Id, repeats.ConfigurationOf(trial.Spec.Id), repeats.RepeatOf(trial.Spec.Id), trial.State, trial.Spec.Parameters,
        trial.Spec.Objective, trial.Attempt, trial.Node,
        trial.StartedAt, trial.EndedAt, trial.Epoch, trial.Result, trial.Reason, trial.CheckpointKept);
}

/// <summary>A report with all that follows from its confusion matrix.</summary>
public sealed record JsonReport(
    double Top2Accuracy, double CalibrationError, ClassScore MacroAverage, IReadOnlyList<JsonClass> Classes, ConfusionMatrix Confusion)
{
    public static JsonReport Of(ClassificationReport report) => new(
        report.Top2Accuracy, report.CalibrationError, report.Confusion.MacroAverage(),
        [.. Enumerable.Range(0, report.Confusion.Classes).Select(label => JsonClass.Of(label, report.Confusion.Of(label)))], report.Confusion);
}

/// <summary>How well one class is told from the others.</summary>
public sealed record JsonClass(string Class, double Precision, double Recall, double F1, long Support)
{
    public static JsonClass Of(int label, ClassScore score) => new(FashionMnist.Classes[label], score.Precision, score.Recall, score.F1, score.Support);
}
