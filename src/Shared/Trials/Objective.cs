using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>What a sweep goes by. No metric of the test set is here: it is scored once and never used to choose.</summary>
public enum Metric
{
    [JsonStringEnumMemberName("validation_accuracy")] ValidationAccuracy,
    [JsonStringEnumMemberName("validation_loss")] ValidationLoss,
    [JsonStringEnumMemberName("train_accuracy")] TrainAccuracy,
    [JsonStringEnumMemberName("train_loss")] TrainLoss,

    /// <summary>How many weights the trained network has.</summary>
    [JsonStringEnumMemberName("parameter_count")] ParameterCount,

    /// <summary>What its training took.</summary>
    [JsonStringEnumMemberName("seconds")] Seconds,
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

    // Nothing is trained in less, and its logarithm is a number.
    private const double LeastCost = 1e-3;

    /// <summary>Whether each epoch has a value of it. What only a finished trial has is a cost.</summary>
    private bool IsOfEpochs => Metric is not (Metric.ParameterCount or Metric.Seconds);

    public double Of(EpochReport epoch) => Of(epoch.Train, epoch.Validation);

    /// <summary>Its value at the trial's best epoch.</summary>
    public double Of(TrialResult result) => Metric switch
    {
        Metric.ParameterCount => result.ParameterCount,
        Metric.Seconds => result.Seconds,
        _ => Of(result.Train, result.Validation),
    };

    public double Of(Score train, Score validation) => Metric switch
    {
        Metric.ValidationAccuracy => validation.Accuracy,
        Metric.ValidationLoss => validation.Loss,
        Metric.TrainAccuracy => train.Accuracy,
        Metric.TrainLoss => train.Loss,
        _ => throw new InvalidOperationException($"No value of {Metric} in an epoch."),
    };

    /// <summary>The metric as samplers and pruners read it: the lower the better.</summary>
    public double LossOf(EpochReport epoch) => LossOf(Of(epoch));

    /// <inheritdoc cref="LossOf(EpochReport)"/>
    public double LossOf(TrialResult result) => LossOf(Of(result));

    /// <inheritdoc cref="LossOf(EpochReport)"/>
    /// <param name="value">Of the metric; a cost counts by its logarithm.</param>
    public double LossOf(double value)
    {
        var even = IsOfEpochs ? value : Math.Log(Math.Max(value, LeastCost));
        return Goal == Goal.Maximize ? -even : even;
    }

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
