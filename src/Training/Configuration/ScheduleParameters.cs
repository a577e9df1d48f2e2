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
            ("constant", Schedules.Schedule.Constant),
            (new("step", "step_lr"), Schedules.Schedule.Step),
            (new("exponential", "exponential_decay"), Schedules.Schedule.Exponential),
            (new("cosine", "cosine_annealing", "cosine_decay"), Schedules.Schedule.Cosine),
            ("one_cycle", Schedules.Schedule.OneCycle),
            (new("plateau", "reduce_lr_on_plateau"), Schedules.Schedule.Plateau),
        ],
        "how the learning rate moves during a trial") with
    {
        Default = ParameterDefault.Of("constant"),
        OtherNames = ["lr_schedule", "lr_scheduler", "scheduler", "learning_rate_schedule"],
    };

    public static Hyperparameter<double> WarmupEpochs { get; } = Group.Number(
        "warmup_epochs", new(0, 100000), "the learning rate rises from near 0 for so many epochs, which need not be whole") with
    {
        Default = ParameterDefault.Of(0.0),
    };

    public static Hyperparameter<int> StepEpochs { get; } = Group.Whole(
        "step_epochs", 1, 100000, "of schedule step: epochs between two falls of the learning rate") with
    {
        Default = ParameterDefault.Of(10L),
        MattersBeside = new("schedule", "step"),
    };

    public static Hyperparameter<double> Decay { get; } = Group.Number(
        "decay", NumberRules.ShareAboveNone,
        "of schedule step and plateau: what the learning rate is multiplied by at a fall; of exponential: in each epoch, there 0.95 unless given") with
    {
        Default = ParameterDefault.Of(0.1).But(0.95, "schedule", "exponential"),
        MattersBeside = new("schedule", "step", "exponential", "plateau"),
    };

    public static Hyperparameter<double> MinLearningRate { get; } = Group.Number(
        "min_learning_rate", NumberRules.NotNegative, "of schedule cosine: where the learning rate ends") with
    {
        Default = ParameterDefault.Of(0.0),
        MattersBeside = new("schedule", "cosine"),
    };

    public static Hyperparameter<int> PlateauPatience { get; } = Group.Whole(
        "plateau_patience", 0, 100000, "of schedule plateau: so many epochs may be no better before the learning rate falls") with
    {
        Default = ParameterDefault.Of(3L),
        MattersBeside = new("schedule", "plateau"),
    };

    public static Hyperparameter<Metric?> EarlyStopping { get; } = Group.Choice<Metric?>(
        "early_stopping",
        [
            ("none", null),
            ("validation_accuracy", Metric.ValidationAccuracy),
            ("validation_loss", Metric.ValidationLoss),
            ("train_accuracy", Metric.TrainAccuracy),
            ("train_loss", Metric.TrainLoss),
        ],
        "the metric that ends a trial when it gets no better") with
    {
        Default = ParameterDefault.Of("none"),
    };

    public static Hyperparameter<int> Patience { get; } = Group.Whole(
        "patience", 0, 100000, "of early_stopping: so many epochs in a row may be no better") with
    {
        Default = ParameterDefault.Of(5L),
        MattersBeside = OfEarlyStopping,
    };

    public static Hyperparameter<double> MinDelta { get; } = Group.Number(
        "min_delta", NumberRules.NotNegative, "of early_stopping: what an epoch must gain to be better") with
    {
        Default = ParameterDefault.Of(0.0),
        MattersBeside = OfEarlyStopping,
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
