using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Mlflow;

/// <summary>What one call of <c>runs/log-batch</c> takes: at most 1,000 items, 1,000 metrics and 100 parameters among them, and 1 MB.</summary>
internal sealed record MlflowBatch(IReadOnlyList<MlflowMetric> Metrics, IReadOnlyList<MlflowParam> Params)
{
    public const int MostItems = 1000;
    public const int MostParams = 100;

    // A metric is about 90 bytes of JSON and a parameter up to this, so that no batch comes near to 1 MB.
    private const int LongestValue = 6000;

    /// <summary>A trial's parameters, and its epochs' figures as the steps of metrics.</summary>
    public static IEnumerable<MlflowBatch> Of(TrialRecord trial, IReadOnlyList<EpochReport> epochs)
    {
        foreach (var some in trial.Spec.Parameters.Select(one => new MlflowParam(one.Key, Cut(one.Value.ToString()))).Chunk(MostParams))
            yield return new MlflowBatch([], some);
        foreach (var some in MetricsOf(trial, epochs).Chunk(MostItems)) yield return new MlflowBatch(some, []);
    }

    private static IEnumerable<MlflowMetric> MetricsOf(TrialRecord trial, IReadOnlyList<EpochReport> epochs)
    {
        var at = trial.StartedAt;
        foreach (var epoch in epochs)
        {
            at += TimeSpan.FromSeconds(epoch.Seconds);
            yield return Metric("train_loss", epoch.Train.Loss, epoch.Epoch);
            yield return Metric("train_accuracy", epoch.Train.Accuracy, epoch.Epoch);
            yield return Metric("validation_loss", epoch.Validation.Loss, epoch.Epoch);
            yield return Metric("validation_accuracy", epoch.Validation.Accuracy, epoch.Epoch);
        }
        if (trial.Result is not { } result) yield break;
        yield return Metric("test_loss", result.Test.Loss, result.BestEpoch);
        yield return Metric("test_accuracy", result.Test.Accuracy, result.BestEpoch);

        MlflowMetric Metric(string key, double value, int step) => new(key, value, at.ToUnixTimeMilliseconds(), step);
    }

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}

/// <param name="Timestamp">Milliseconds since 1970.</param>
internal sealed record MlflowMetric(string Key, double Value, long Timestamp, long Step);

internal sealed record MlflowParam(string Key, string Value);

internal sealed record MlflowTag(string Key, string Value);
