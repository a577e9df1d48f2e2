using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Checkpoints;

/// <summary>What a checkpoint says of its trial. Nothing that differs from run to run is in it, so that equal trials have equal files.</summary>
public sealed record CheckpointRecord(TrialSpec Spec, CheckpointScores Scores, CheckpointEnvironment Environment)
{
    private const string SpecKey = "fashionsweep.spec";
    private const string ScoresKey = "fashionsweep.scores";
    private const string EnvironmentKey = "fashionsweep.environment";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="CheckpointException">The record is missing or can't be read.</exception>
    public static CheckpointRecord From(IReadOnlyDictionary<string, string> metadata) =>
        new(Parse<TrialSpec>(metadata, SpecKey), Parse<CheckpointScores>(metadata, ScoresKey), Parse<CheckpointEnvironment>(metadata, EnvironmentKey));

    public Dictionary<string, string> ToMetadata() => new()
    {
        ["format"] = "pt",
        [SpecKey] = JsonSerializer.Serialize(Spec, Json),
        [ScoresKey] = JsonSerializer.Serialize(Scores, Json),
        [EnvironmentKey] = JsonSerializer.Serialize(Environment, Json),
    };

    private static T Parse<T>(IReadOnlyDictionary<string, string> metadata, string key)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(metadata.GetValueOrDefault(key) ?? "null", Json)
                ?? throw new CheckpointException($"{key} is missing in the checkpoint's metadata");
        }
        catch (JsonException error)
        {
            throw new CheckpointException($"{key} in the checkpoint's metadata can't be read: {error.Message}");
        }
    }
}

/// <summary>As in <see cref="TrialResult"/>.</summary>
public sealed record CheckpointScores(int BestEpoch, int Epochs, Score Train, Score Validation, Score Test, long ParameterCount, string WeightsSha256);

/// <summary>As in <see cref="TrialEnvironment"/>, without the host.</summary>
public sealed record CheckpointEnvironment(string Kernels, string Precision, string Engine, string Processor, string Runtime, string OperatingSystem)
{
    public static CheckpointEnvironment Of(TrialEnvironment environment) => new(
        environment.Kernels, environment.Precision, environment.Engine, environment.Processor, environment.Runtime, environment.OperatingSystem);
}
