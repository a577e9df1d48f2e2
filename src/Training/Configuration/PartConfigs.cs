using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Schedules;
using static FashionSweep.Training.Configuration.DataParameters;
using static FashionSweep.Training.Configuration.OptimizerParameters;
using static FashionSweep.Training.Configuration.ScheduleParameters;

namespace FashionSweep.Training.Configuration;

/// <summary>Reads from a complete set what each part of the engine needs to know; those parts know no hyperparameter by its name.</summary>
internal static class PartConfigs
{
    public static OptimizerConfig ToOptimizer(this ParameterSet complete)
    {
        var (beta1, beta2, epsilon, decay) = (Beta1.In(complete), Beta2.In(complete), Epsilon.In(complete), WeightDecay.In(complete));
        return OptimizerParameters.Optimizer.In(complete) switch
        {
            "sgd" or "momentum" or "nesterov" => new OptimizerConfig.Sgd(Momentum.In(complete), Nesterov.In(complete), decay),
            "adam" => new OptimizerConfig.Adam(beta1, beta2, epsilon, decay, Decoupled: false),
            "adamw" => new OptimizerConfig.Adam(beta1, beta2, epsilon, decay, Decoupled: true),
            "nadam" => new OptimizerConfig.NAdam(beta1, beta2, epsilon, decay, MomentumDecay.In(complete)),
            "rmsprop" => new OptimizerConfig.RmsProp(Alpha.In(complete), epsilon, Momentum.In(complete), decay),
            "adagrad" => new OptimizerConfig.Adagrad(epsilon, decay),
            "lion" => new OptimizerConfig.Lion(beta1, beta2, decay),
            var other => throw new InvalidOperationException($"No optimizer is called {other}."),
        };
    }

    public static ScheduleConfig ToSchedule(this ParameterSet complete) => new(
        ScheduleParameters.Schedule.In(complete), LearningRate.In(complete), WarmupEpochs.In(complete), StepEpochs.In(complete), Decay.In(complete),
        MinLearningRate.In(complete), PlateauPatience.In(complete));

    /// <returns>Null where a trial has all its epochs.</returns>
    public static EarlyStoppingConfig? ToEarlyStopping(this ParameterSet complete)
    {
        if (ScheduleParameters.EarlyStopping.In(complete) is not { } metric) return null;
        var goal = metric is Metric.ValidationLoss or Metric.TrainLoss ? Goal.Minimize : Goal.Maximize;
        return new EarlyStoppingConfig(new Objective(metric, goal), Patience.In(complete), MinDelta.In(complete));
    }

    public static LossConfig ToLoss(this ParameterSet complete) => new(DataParameters.Loss.In(complete), LabelSmoothing.In(complete));

    public static AugmentationConfig ToAugmentation(this ParameterSet complete) => new(
        Flip.In(complete), Shift.In(complete), DataParameters.Rotation.In(complete), Erasing.In(complete), DataParameters.Mixup.In(complete));
}
