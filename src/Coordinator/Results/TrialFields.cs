using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>All that a trial can be filtered and sorted by: its parameters, its metrics, and how it went.</summary>
/// <remarks>A completed trial's metrics are those of its best epoch, a pruned one's those of its last.</remarks>
public static class TrialFields
{
    private static readonly Dictionary<string, Func<TrialRecord, ParameterValue?>> Own = new()
    {
        ["validation_accuracy"] = trial => Validation(trial)?.Accuracy,
        ["validation_loss"] = trial => Validation(trial)?.Loss,
        ["train_accuracy"] = trial => Train(trial)?.Accuracy,
        ["train_loss"] = trial => Train(trial)?.Loss,
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

    /// <summary>Metrics first, then the parameters of the engine.</summary>
    public static IReadOnlyCollection<string> NamesOf(ParameterCatalog catalog) => [.. Own.Keys, .. catalog.Names];

    /// <returns>Null where the trial has no such value, or not yet.</returns>
    public static ParameterValue? ValueOf(TrialRecord trial, string name) => Own.TryGetValue(name, out var read) ? read(trial) : trial.Spec.Parameters[name];

    /// <returns>Null where the trial has neither a result nor an epoch that it was pruned at.</returns>
    public static double? ValueOf(TrialRecord trial, Objective objective) => trial switch
    {
        { Result: { } result } => objective.Of(result),
        { State: TrialState.Pruned, Epoch: { } last } => objective.Of(last),
        _ => null,
    };

    public static Score? Validation(TrialRecord trial) => trial.Result?.Validation ?? PrunedAt(trial)?.Validation;

    /// <summary>Whether more of it is better, and so comes first.</summary>
    public static bool IsHighFirst(string name) => name.EndsWith("_accuracy", StringComparison.Ordinal);

    public static bool IsOfTheTestSet(string name) => name.StartsWith("test_", StringComparison.Ordinal);

    private static Score? Train(TrialRecord trial) => trial.Result?.Train ?? PrunedAt(trial)?.Train;

    // A running trial's figures are passing, and a failed one's may be what it failed of.
    private static EpochReport? PrunedAt(TrialRecord trial) => trial.State == TrialState.Pruned ? trial.Epoch : null;
}
