using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>All that a trial can be filtered and sorted by, by name: its parameters, its metrics, and how it went.</summary>
public static class TrialFields
{
    private static readonly Dictionary<string, Func<TrialFigures, ParameterValue?>> Own = new()
    {
        ["validation_accuracy"] = trial => trial.Validation?.Accuracy,
        ["validation_loss"] = trial => trial.Validation?.Loss,
        ["train_accuracy"] = trial => trial.Train?.Accuracy,
        ["train_loss"] = trial => trial.Train?.Loss,
        ["test_accuracy"] = trial => trial.Result?.Test.Accuracy,
        ["test_loss"] = trial => trial.Result?.Test.Loss,
        ["best_epoch"] = trial => trial.Result?.BestEpoch,
        ["epochs_run"] = trial => trial.EpochsRun,
        ["seconds"] = trial => trial.Result?.Seconds,
        ["parameter_count"] = trial => trial.Result?.ParameterCount,
        ["number"] = trial => trial.Id.Number,
        ["state"] = trial => EnumText.Of(trial.State),
        ["attempt"] = trial => trial.Attempt,
        ["node"] = trial => trial.Node.Name,
    };

    /// <summary>Metrics first, then the parameters of the engine.</summary>
    public static IReadOnlyCollection<string> NamesOf(ParameterCatalog catalog) => [.. Own.Keys, .. catalog.Names];

    /// <returns>Null where the trial has no such value, or not yet.</returns>
    public static ParameterValue? ValueOf(TrialFigures trial, string name) => Own.TryGetValue(name, out var read) ? read(trial) : trial.ParameterOf(name);

    /// <returns>Null where the trial has neither a result nor an epoch that it was pruned at; a cost only a result has.</returns>
    public static double? ValueOf(TrialFigures trial, Objective objective) => objective.Metric switch
    {
        Metric.ParameterCount => trial.Result?.ParameterCount,
        Metric.Seconds => trial.Result?.Seconds,
        _ => trial is { Train: { } train, Validation: { } validation } ? objective.Of(train, validation) : null,
    };

    /// <summary>Whether more of it is better, and so comes first.</summary>
    public static bool IsHighFirst(string name) => name.EndsWith("_accuracy", StringComparison.Ordinal);

    public static bool IsOfTheTestSet(string name) => name.StartsWith("test_", StringComparison.Ordinal);
}
