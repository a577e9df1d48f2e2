using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>Which schedules of the learning rate others have and aren't here.</summary>
internal static class ScheduleWords
{
    public static IReadOnlyList<Word> Absent { get; } =
    [
        new("multi_step", "multi_step_lr", "piecewise", "piecewise_constant",
            "milestones") { Remark = "schedule: step with step_epochs and decay comes nearest" },
        new("cyclic", "cyclic_lr", "cyclical", "triangular", "triangular2", "clr") { Remark = "schedule: one_cycle comes nearest" },
        new("cosine_annealing_warm_restarts", "cosine_warm_restarts", "cosine_restarts", "cosine_with_restarts", "cosine_decay_restarts", "warm_restarts",
            "sgdr")
        {
            Remark = "schedule: cosine is one fall without restarts",
        },
        new("linear", "linear_lr", "linear_decay", "polynomial", "polynomial_lr", "polynomial_decay", "poly", "poly_lr")
        {
            Remark = "schedule: cosine falls to min_learning_rate too",
        },
        new("cosine_with_warmup", "cosine_warmup", "warmup_cosine", "linear_warmup_cosine", "linear_warmup_cosine_annealing")
        {
            Remark = "write schedule: cosine, and warmup_epochs",
        },
        new("inverse_time", "inverse_time_decay", "time", "time_decay", "inverse_sqrt", "noam", "lambda", "lambda_lr", "multiplicative_lr",
            "linear_warmup", "warmup",
            "constant_lr", "constant_with_warmup", "sequential_lr", "chained_scheduler")
        {
            Remark = "schedule: exponential falls by decay in each epoch; warmup_epochs goes with any schedule but one_cycle",
        },
    ];
}
