using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Ranking;

/// <summary>All that a trial can be filtered and sorted by: its parameters, its metrics, and how it went.</summary>
public static class TrialFields
{
    private static readonly Dictionary<string, Func<TrialRecord, ParameterValue?>> Own = new()
    {
        ["validation_accuracy"] = trial => trial.Result?.Validation.Accuracy,
        ["validation_loss"] = trial => trial.Result?.Validation.Loss,
        ["train_accuracy"] = trial => trial.Result?.Train.Accuracy,
        ["train_loss"] = trial => trial.Result?.Train.Loss,
        ["test_accuracy"] = trial => trial.Result?.Test.Accuracy,
        ["test_loss"] = trial => trial.Result?.Test.Loss,
        ["best_epoch"] = trial => trial.Result?.BestEpoch,
        ["epochs_run"] = trial => trial.Result?.Epochs ?? trial.Epoch?.Epoch,
        ["seconds"] = trial => trial.Result?.Seconds,
        ["parameter_count"] = trial => trial.Result?.ParameterCount,
        ["number"] = trial => trial.Spec.Id.Number,
        ["state"] = trial => EnumText.Of(trial.State),
        ["attempt"] = trial => trial.Attempt,
        ["node"] = trial => trial.Node.Name,
    };

    /// <summary>Metrics first, then the parameters of the trainer.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Own.Keys, .. Hyperparameters.All.Select(parameter => parameter.Name)];

    /// <returns>Null where the trial has no such value, or not yet.</returns>
    public static ParameterValue? ValueOf(TrialRecord trial, string name) => Own.TryGetValue(name, out var read) ? read(trial) : trial.Spec.Parameters[name];

    /// <summary>Whether more of it is better, and so comes first.</summary>
    public static bool IsHighFirst(string name) => name.EndsWith("_accuracy", StringComparison.Ordinal);

    public static bool IsOfTheTestSet(string name) => name.StartsWith("test_", StringComparison.Ordinal);
}
