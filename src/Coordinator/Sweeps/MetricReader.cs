using FashionSweep.Coordinator.Names;
using FashionSweep.Coordinator.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sweeps;

/// <summary>Reads what a sweep ranks by, under the names that other tools have made known.</summary>
internal sealed class MetricReader(FaultLog faults)
{
    private static readonly string[] Keys = ["name", "goal"];

    private static readonly Dictionary<string, Goal> Goals = new() { ["maximize"] = Goal.Maximize, ["minimize"] = Goal.Minimize };

    private static readonly Dictionary<Metric, string[]> Names = new()
    {
        [Metric.ValidationAccuracy] = ["validation_accuracy", "val_accuracy", "validation_acc", "val_acc", "accuracy", "acc"],
        [Metric.ValidationLoss] = ["validation_loss", "val_loss", "loss"],
        [Metric.TrainAccuracy] = ["train_accuracy", "training_accuracy", "train_acc", "training_acc"],
        [Metric.TrainLoss] = ["train_loss", "training_loss"],
    };

    private static readonly Dictionary<string, Metric> ByName =
        Names.SelectMany(pair => pair.Value.Select(name => (name, pair.Key))).ToDictionary(pair => pair.name, pair => pair.Key);

    /// <summary>The better direction of a metric.</summary>
    public static Goal UsualGoal(Metric metric) => metric is Metric.ValidationLoss or Metric.TrainLoss ? Goal.Minimize : Goal.Maximize;

    /// <returns>After a fault, some objective or other.</returns>
    public Objective Read(YamlEntry? entry)
    {
        switch (entry?.Value)
        {
            case null or YamlValue.Unreadable:
                return Objective.Default;
            case YamlValue.Scalar { IsNull: false }:
                return Of(ReadMetric(entry, "metric"), null);
            case YamlValue.Mapping mapping:
                return ReadMapping(mapping);
            default:
                faults.Add(entry.Value.At, $"metric is {entry.Value}, must be a mapping with name and goal, as {{name: val_accuracy, goal: maximize}}");
                return Objective.Default;
        }
    }

    private Objective ReadMapping(YamlValue.Mapping mapping)
    {
        var keys = new KeyedMapping(mapping, Keys, " of metric", faults);
        if (keys["name"] is null) faults.Add(mapping.At, "metric has no name, must have one such as validation_accuracy");
        var metric = keys["name"] is { } name ? ReadMetric(name, "name of metric") : null;
        return Of(metric, keys["goal"] is { } goal ? Choices.Read(goal, Goals, "goal of metric", faults) : null);
    }

    private Metric? ReadMetric(YamlEntry entry, string subject)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        var written = (entry.Value as YamlValue.Scalar)?.Text ?? "";
        if (ByName.TryGetValue(written, out var metric)) return metric;
        var rule = written.Contains("test", StringComparison.OrdinalIgnoreCase)
            ? "but the test set is scored once per finished trial and never used to choose: rank by validation_accuracy or validation_loss"
            : $"must be one of {string.Join(", ", Names.Values.Select(names => names[0]))}{Suggestion.For(written, ByName.Keys)}";
        faults.Add(entry.Value.At, $"{subject} is {entry.Value}, {rule}");
        return null;
    }

    private static Objective Of(Metric? metric, Goal? goal) => metric is { } known ? new Objective(known, goal ?? UsualGoal(known)) : Objective.Default;
}
