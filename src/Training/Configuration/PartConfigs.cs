using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training.Configuration;

/// <summary>Reads from a complete set what each part of the engine needs to know; those parts know no hyperparameter by its name.</summary>
internal static class PartConfigs
{
    public static OptimizerConfig ToOptimizer(this ParameterSet complete)
    {
        var (beta1, beta2, epsilon) = (complete.Number("beta1"), complete.Number("beta2"), complete.Number("epsilon"));
        var decay = complete.Number("weight_decay");
        return complete.Text("optimizer") switch
        {
            "sgd" or "momentum" or "nesterov" => new OptimizerConfig.Sgd(complete.Number("momentum"), complete.Flag("nesterov"), decay),
            "adam" => new OptimizerConfig.Adam(beta1, beta2, epsilon, decay, Decoupled: false),
            "adamw" => new OptimizerConfig.Adam(beta1, beta2, epsilon, decay, Decoupled: true),
            "nadam" => new OptimizerConfig.NAdam(beta1, beta2, epsilon, decay, complete.Number("momentum_decay")),
            "rmsprop" => new OptimizerConfig.RmsProp(complete.Number("alpha"), epsilon, complete.Number("momentum"), decay),
            "adagrad" => new OptimizerConfig.Adagrad(epsilon, decay),
            "lion" => new OptimizerConfig.Lion(beta1, beta2, decay),
            var other => throw new InvalidOperationException($"No optimizer is called {other}."),
        };
    }

    public static ScheduleConfig ToSchedule(this ParameterSet complete) => new(
        complete.Choice<Schedule>("schedule"), complete.Number("learning_rate"), complete.Number("warmup_epochs"), complete.Whole("step_epochs"),
        complete.Number("decay"), complete.Number("min_learning_rate"), complete.Whole("plateau_patience"));

    /// <returns>Null where a trial has all its epochs.</returns>
    public static EarlyStoppingConfig? ToEarlyStopping(this ParameterSet complete)
    {
        if (complete.Text("early_stopping") == "none") return null;
        var metric = complete.Choice<Metric>("early_stopping");
        var goal = metric is Metric.ValidationLoss or Metric.TrainLoss ? Goal.Minimize : Goal.Maximize;
        return new EarlyStoppingConfig(new Objective(metric, goal), complete.Whole("patience"), complete.Number("min_delta"));
    }

    public static LossConfig ToLoss(this ParameterSet complete) => new(complete.Choice<LossKind>("loss"), complete.Number("label_smoothing"));

    public static AugmentationConfig ToAugmentation(this ParameterSet complete) => new(
        complete.Number("flip"), complete.Whole("shift"), complete.Number("rotation"), complete.Number("erasing"), complete.Number("mixup"));
}
