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

    public double Of(EpochReport epoch) => Of(epoch.Train, epoch.Validation);

    /// <summary>Its value at the trial's best epoch.</summary>
    public double Of(TrialResult result) => Of(result.Train, result.Validation);

    public double Of(Score train, Score validation) => Metric switch
    {
        Metric.ValidationAccuracy => validation.Accuracy,
        Metric.ValidationLoss => validation.Loss,
        Metric.TrainAccuracy => train.Accuracy,
        Metric.TrainLoss => train.Loss,
        _ => throw new InvalidOperationException($"No value of {Metric} in an epoch."),
    };

    /// <summary>The metric as samplers and pruners read it: the lower the better.</summary>
    public double LossOf(EpochReport epoch) => Goal == Goal.Maximize ? -Of(epoch) : Of(epoch);

    /// <inheritdoc cref="LossOf(EpochReport)"/>
    public double LossOf(TrialResult result) => Goal == Goal.Maximize ? -Of(result) : Of(result);

    /// <summary>What ranks are ordered by: the lower comes first, and no number (NaN) last.</summary>
    public double CostOf(double value) => WorstIfNaN(Goal == Goal.Maximize ? -value : value);

    /// <summary>A trial's place among those of its sweep: the lower comes first. By the objective, then by validation loss, then by number.</summary>
    public (double Cost, double ValidationLoss, int Number) PlaceOf(TrialResult result, int number) => PlaceOf(result.Train, result.Validation, number);

    /// <inheritdoc cref="PlaceOf(TrialResult, int)"/>
    public (double Cost, double ValidationLoss, int Number) PlaceOf(Score train, Score validation, int number) =>
        (CostOf(Of(train, validation)), WorstIfNaN(validation.Loss), number);

    public static double WorstIfNaN(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;

    /// <summary>Strictly better: of two equal epochs the earlier one stays the best.</summary>
    public bool IsBetter(double candidate, double best) => Goal == Goal.Maximize ? candidate > best : candidate < best;
}
