using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads what a sweep ranks by, under the names that other tools have made known.</summary>
internal sealed class MetricReader(FaultLog faults)
{
    private static readonly Dictionary<string, Goal> Goals = new() { ["maximize"] = Goal.Maximize, ["minimize"] = Goal.Minimize };

    private static readonly Dictionary<string, string> OtherGoals = new()
    {
        ["max"] = "maximize",
        ["maximise"] = "maximize",
        ["maximum"] = "maximize",
        ["maximization"] = "maximize",
        ["min"] = "minimize",
        ["minimise"] = "minimize",
        ["minimum"] = "minimize",
        ["minimization"] = "minimize",
    };

    private static readonly KeyShape GoalShape = new KeyShape.Value(new ValueRule.OneOf([.. Goals.Keys]));

    // What becomes of failed trials in W&B's search by Gaussian processes: nothing is made up here.
    private static readonly string[] PassedOver = ["impute", "impute_while_running"];

    private static readonly Dictionary<Metric, string[]> Names = new()
    {
        [Metric.ValidationAccuracy] = ["validation_accuracy", "val_accuracy", "validation_acc", "val_acc", "valid_accuracy", "valid_acc", "accuracy", "acc"],
        [Metric.ValidationLoss] = ["validation_loss", "val_loss", "valid_loss", "loss"],
        [Metric.TrainAccuracy] = ["train_accuracy", "training_accuracy", "train_acc", "training_acc"],
        [Metric.TrainLoss] = ["train_loss", "training_loss"],
    };

    private static readonly ValueRule.OneOf Name = new([.. Names.Values.SelectMany(names => names)]);

    private static readonly ValueRule.Number Loss = new(0, double.PositiveInfinity);
    private static readonly ValueRule.Number Accuracy = new(0, 1);

    private static readonly FileKey[] Keys =
    [
        new("name", "which; accuracy and loss are those of validation", new KeyShape.Value(Name)),
        new("goal", "maximize for accuracies and minimize for losses, unless given", GoalShape),
        new("target", "the sweep ends when a trial reaches this", new KeyShape.Value(Loss)),
        .. PassedOver.Select(key => new FileKey(key, "of W&B; passed over", new KeyShape.Anything())),
    ];

    public static KeyShape Shape { get; } = new KeyShape.Either([new KeyShape.Value(Name), new KeyShape.Mapping(Keys, ["name"])]);

    /// <summary>Those of one objective beside others.</summary>
    public static IReadOnlyList<FileKey> KeysAmongOthers { get; } =
    [
        new("name", "a metric, parameter_count or seconds", new KeyShape.Value(new ValueRule.OneOf([.. Name.Names, .. MetricNames.Costs]))),
        new("goal", "which way is better", GoalShape),
    ];

    /// <summary>What ends the sweep once it is reached; null where nothing does, and before <see cref="Read"/>.</summary>
    public double? Target { get; private set; }

    /// <summary>The better direction of a metric.</summary>
    public static Goal UsualGoal(Metric metric) => metric is Metric.ValidationLoss or Metric.TrainLoss ? Goal.Minimize : Goal.Maximize;

    /// <summary>The metric that a name stands for; null where none is known by it.</summary>
    public static Metric? Meant(string written) => MetricNames.IsOfTest(written) ? null : MetricNames.Find(written);

    /// <summary>One objective of several, behind the first.</summary>
    /// <returns>Null after a fault.</returns>
    public Objective? ReadFurther(YamlValue.Mapping mapping)
    {
        var keys = new KeyedMapping(mapping, KeysAmongOthers, " of an objective behind the first", faults);
        if (keys["name"] is not { } name || keys["goal"] is not { } goal) return null;
        var (metric, way) = (ReadMetric(name, "name of an objective", mayBeCost: true), Choices.Read(goal, Goals, "goal of an objective", faults, OtherGoals));
        return metric is { } known && way is { } better ? new Objective(known, better) : null;
    }

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
        foreach (var key in PassedOver.Where(key => keys[key] is not null)) faults.Notes.PassedOver($"{key} of metric");
        if (keys["name"] is null) faults.Add(mapping.At, "metric has no name, must have one such as validation_accuracy");
        var metric = keys["name"] is { } name ? ReadMetric(name, "name of metric") : null;
        if (keys["target"] is { } target && metric is { } known) Target = ReadTarget(target, known);
        return Of(metric, keys["goal"] is { } goal ? Choices.Read(goal, Goals, "goal of metric", faults, OtherGoals) : null);
    }

    private double? ReadTarget(YamlEntry entry, Metric metric)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        var rule = metric is Metric.ValidationLoss or Metric.TrainLoss ? Loss : Accuracy;
        var value = entry.Value is YamlValue.Scalar scalar ? CoreSchema.Resolve(scalar) : null;
        var number = value switch { ParameterValue.Whole whole => whole.Value, ParameterValue.Real real => real.Value, _ => double.NaN };
        if (value is not null && rule.Allows(value)) return number;
        var percent = rule == Accuracy && number is > 1 and <= 100 ? FormattableString.Invariant($"; write {number / 100}") : "";
        faults.Add(entry.ValueAt, $"target of metric is {entry.Value}, must be {rule.Wording}{percent}");
        return null;
    }

    private Metric? ReadMetric(YamlEntry entry, string subject, bool mayBeCost = false)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        var written = (entry.Value as YamlValue.Scalar)?.Text ?? "";
        var cost = MetricNames.FindCost(written);
        if (((mayBeCost ? cost : null) ?? Meant(written)) is { } metric)
        {
            if (written != EnumText.Of(metric)) faults.Notes.Spelled(written, EnumText.Of(metric));
            return metric;
        }
        string[] known = [.. Names.Values.Select(names => names[0]), .. mayBeCost ? MetricNames.Costs : []];
        var rule = MetricNames.IsOfTest(written)
            ? "but the test set is scored once per finished trial and never used to choose: rank by validation_accuracy or validation_loss"
            : cost is not null ? $"which no epoch has: it may stand in metrics, behind one of {string.Join(", ", known)}"
            : $"must be one of {string.Join(", ", known)}{Suggestion.For(written, [.. Name.Names, .. known])}";
        faults.Add(entry.Value.At, $"{subject} is {entry.Value}, {rule}");
        return null;
    }

    private static Objective Of(Metric? metric, Goal? goal) => metric is { } known ? new Objective(known, goal ?? UsualGoal(known)) : Objective.Default;
}
