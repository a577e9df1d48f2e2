using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What trials are charted by.</summary>
/// <param name="Goal">Which way is better; null where neither is.</param>
/// <param name="Digits">Behind the point.</param>
internal sealed record PageMetric(string Name, string Label, Goal? Goal, string? Unit, int Digits)
{
    public static IReadOnlyList<PageMetric> All { get; } =
    [
        new("validation_accuracy", "validation accuracy", Shared.Trials.Goal.Maximize, null, 4),
        new("validation_loss", "validation loss", Shared.Trials.Goal.Minimize, null, 4),
        new("train_accuracy", "training accuracy", Shared.Trials.Goal.Maximize, null, 4),
        new("train_loss", "training loss", Shared.Trials.Goal.Minimize, null, 4),
        new("test_accuracy", "test accuracy", Shared.Trials.Goal.Maximize, null, 4),
        new("test_loss", "test loss", Shared.Trials.Goal.Minimize, null, 4),
        new("seconds", "time to train", Shared.Trials.Goal.Minimize, "s", 1),
        new("parameter_count", "weights", null, null, 0),
    ];
}
