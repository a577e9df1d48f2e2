using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>What a sweep ranks by. No metric of the test set is here: it is scored once and never used to choose.</summary>
public enum Metric
{
    [JsonStringEnumMemberName("validation_accuracy")] ValidationAccuracy,
    [JsonStringEnumMemberName("validation_loss")] ValidationLoss,
    [JsonStringEnumMemberName("train_accuracy")] TrainAccuracy,
    [JsonStringEnumMemberName("train_loss")] TrainLoss,
}

public enum Goal
{
    [JsonStringEnumMemberName("maximize")] Maximize,
    [JsonStringEnumMemberName("minimize")] Minimize,
}

/// <summary>The metric that chooses the best epoch of a trial and the best trial of a sweep, and its direction.</summary>
public sealed record Objective(Metric Metric, Goal Goal)
{
    public static Objective Default { get; } = new(Metric.ValidationAccuracy, Goal.Maximize);

    public double Of(EpochReport epoch) => Metric switch
    {
        Metric.ValidationAccuracy => epoch.Validation.Accuracy,
        Metric.ValidationLoss => epoch.Validation.Loss,
        Metric.TrainAccuracy => epoch.Train.Accuracy,
        Metric.TrainLoss => epoch.Train.Loss,
        _ => throw new InvalidOperationException($"No value of {Metric} in an epoch."),
    };

    /// <summary>The metric as samplers and pruners read it: the lower the better.</summary>
    public double LossOf(EpochReport epoch) => Goal == Goal.Maximize ? -Of(epoch) : Of(epoch);

    /// <summary>Strictly better: of two equal epochs the earlier one stays the best.</summary>
    public bool IsBetter(double candidate, double best) => Goal == Goal.Maximize ? candidate > best : candidate < best;
}
