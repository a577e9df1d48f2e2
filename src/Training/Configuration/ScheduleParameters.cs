using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training.Configuration;

/// <summary>The hyperparameters that decide how the learning rate moves, and when a trial ends early.</summary>
internal static class ScheduleParameters
{
    private static readonly ParameterGroup Group = new("training");

    private static readonly Beside OfEarlyStopping = new("early_stopping", "validation_accuracy", "validation_loss", "train_accuracy", "train_loss");

    public static Hyperparameter<Schedule> Schedule { get; } = Group.Choice<Schedule>(
        "schedule",
        [
            (new("constant", "none", "no", "off", "false", "fixed", "const", "no_scheduler"), Schedules.Schedule.Constant),
            (new("step", "step_lr", "step_decay", "lr_step"), Schedules.Schedule.Step),
            (new("exponential", "exponential_decay", "exponential_lr", "exp", "exp_decay", "exp_lr"), Schedules.Schedule.Exponential),
            (new("cosine", "cosine_annealing", "cosine_annealing_lr", "cosine_decay", "cosine_lr", "cos", "cosine_schedule"), Schedules.Schedule.Cosine),
            (new("one_cycle", "one_cycle_lr", "1cycle", "one_cycle_policy", "1cycle_lr"), Schedules.Schedule.OneCycle),
            (new("plateau", "reduce_lr_on_plateau", "reduce_on_plateau", "lr_on_plateau", "reduce_lr", "reduce_lr_plateau", "on_plateau"),
                Schedules.Schedule.Plateau),
        ],
        "how the learning rate moves during a trial",
        ScheduleWords.Absent) with
    {
        Default = ParameterDefault.Of("constant"),
        OtherNames =
        [
            "lr_schedule", "lr_scheduler", "scheduler", "learning_rate_schedule", "lr_sched", "sched", "lr_policy", "scheduler_type",
            "scheduler_name", "schedule_type", "lr_schedule_type", "lr_scheduler_type", "lr_scheduler_name", "learning_rate_scheduler",
            "lr_decay_type", "lr_strategy", "lr_decay_schedule", "lr_scheduling", "schedule_name", "scheduler_class", "learning_rate_decay_type",
            "use_scheduler", "use_lr_scheduler",
        ],
        Off = "constant",
    };

    public static Hyperparameter<double> WarmupEpochs { get; } = Group.Number(
        "warmup_epochs", new(0, 100000), "the learning rate rises from near 0 for so many epochs, which need not be whole") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "num_warmup_epochs", "n_warmup_epochs", "warmup_epoch", "lr_warmup_epochs", "scheduler_warmup_epochs", "schedule_warmup_epochs",
            "lr_scheduler_warmup_epochs",
        ],
        Off = 0.0,
    };

    public static Hyperparameter<int> StepEpochs { get; } = Group.Whole(
        "step_epochs", 1, 100000, "of schedule step: epochs between two falls of the learning rate") with
    {
        Default = ParameterDefault.Of(10L),
        MattersBeside = new("schedule", "step"),
        OtherNames =
        [
            "step_size", "lr_step_size", "scheduler_step_size", "schedule_step_size", "lr_scheduler_step_size", "step_lr_step_size", "decay_epochs",
            "lr_decay_epochs", "lr_step_epochs", "lr_decay_step_size", "lr_decay_every", "decay_every", "step_every",
        ],
    };

    public static Hyperparameter<double> Decay { get; } = Group.Number(
        "decay", NumberRules.ShareAboveNone,
        "of schedule step and plateau: what the learning rate is multiplied by at a fall; of exponential: in each epoch, there 0.95 unless given") with
    {
        Default = ParameterDefault.Of(0.1).But(0.95, "schedule", "exponential"),
        MattersBeside = new("schedule", "step", "exponential", "plateau"),
        OtherNames =
        [
            "lr_gamma", "scheduler_gamma", "schedule_gamma", "lr_scheduler_gamma", "step_lr_gamma", "step_gamma", "exp_gamma", "exponential_gamma",
            "gamma_lr", "lr_decay_factor", "lr_decay_rate", "lr_decay_gamma", "decay_factor", "decay_rate", "learning_rate_decay_factor",
            "learning_rate_decay_rate", "lr_factor", "plateau_factor", "scheduler_factor", "schedule_factor", "lr_scheduler_factor",
            "reduce_lr_factor", "lr_reduce_factor", "lr_reduction_factor", "scheduler_decay", "schedule_decay", "gamma_scheduler",
            "lr_scheduler_decay",
        ],
    };

    public static Hyperparameter<double> MinLearningRate { get; } = Group.Number(
        "min_learning_rate", NumberRules.NotNegative, "of schedule cosine: where the learning rate ends") with
    {
        Default = ParameterDefault.Of(0.0),
        MattersBeside = new("schedule", "cosine"),
        OtherNames =
        [
            "min_lr", "eta_min", "lr_min", "scheduler_eta_min", "schedule_eta_min", "lr_scheduler_eta_min", "scheduler_min_lr",
            "lr_scheduler_min_lr", "minimum_lr", "cosine_eta_min",
        ],
        Off = 0.0,
    };

    public static Hyperparameter<int> PlateauPatience { get; } = Group.Whole(
        "plateau_patience", 0, 100000, "of schedule plateau: so many epochs may be no better before the learning rate falls") with
    {
        Default = ParameterDefault.Of(3L),
        MattersBeside = new("schedule", "plateau"),
        OtherNames =
        [
            "lr_patience", "scheduler_patience", "schedule_patience", "lr_scheduler_patience", "reduce_lr_patience", "lr_plateau_patience",
            "lr_reduce_patience", "plateau_epochs", "lr_decay_patience",
        ],
    };

    public static Hyperparameter<Metric?> EarlyStopping { get; } = Group.Choice<Metric?>(
        "early_stopping",
        [
            (new("none", "no", "off", "false"), null),
            (new("validation_accuracy", "val_accuracy", "val_acc"), Metric.ValidationAccuracy),
            (new("validation_loss", "val_loss", "valid_loss"), Metric.ValidationLoss),
            (new("train_accuracy", "train_acc", "training_accuracy"), Metric.TrainAccuracy),
            (new("train_loss", "training_loss"), Metric.TrainLoss),
        ],
        "the metric that ends a trial when it gets no better") with
    {
        Default = ParameterDefault.Of("none"),
        OtherNames = ["early_stop", "early_stopping_metric", "early_stopping_monitor", "early_stop_metric", "early_stopper"],
        Off = "none",
    };

    public static Hyperparameter<int> Patience { get; } = Group.Whole(
        "patience", 0, 100000, "of early_stopping: so many epochs in a row may be no better") with
    {
        Default = ParameterDefault.Of(5L),
        MattersBeside = OfEarlyStopping,
        OtherNames =
        [
            "early_stopping_patience", "early_stop_patience", "es_patience", "stop_patience", "patience_early_stopping", "stopping_patience",
            "early_patience", "max_patience", "early_stopping_rounds", "early_stopper_patience",
        ],
    };

    public static Hyperparameter<double> MinDelta { get; } = Group.Number(
        "min_delta", NumberRules.NotNegative, "of early_stopping: what an epoch must gain to be better") with
    {
        Default = ParameterDefault.Of(0.0),
        MattersBeside = OfEarlyStopping,
        OtherNames =
        [
            "early_stopping_min_delta", "early_stop_min_delta", "early_stopping_delta", "early_stop_delta", "es_min_delta",
            "early_stopper_min_delta",
        ],
        Off = 0.0,
    };

    // Nothing falls and nothing stops behind the last epoch: what waits for so many is never seen.
    public static IReadOnlyList<ComesTo> ComeTo { get; } =
    [
        new("schedule", "constant", "schedule = step and step_epochs >= epochs"),
        new("schedule", "constant", "schedule = plateau and plateau_patience >= epochs - 2"),
        new("schedule", "constant", "schedule = exponential and epochs = 1"),
        new("schedule", "constant", "schedule in [step, exponential, plateau] and decay = 1"),
        new("schedule", "constant", "schedule = cosine and min_learning_rate = learning_rate"),
        new("early_stopping", "none", "early_stopping != none and patience >= epochs - 2"),
    ];

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Schedule, WarmupEpochs, StepEpochs, Decay, MinLearningRate, PlateauPatience, EarlyStopping, Patience, MinDelta,
    ];
}
