using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads <c>metrics</c>, as W&amp;B writes several objectives; what is said of the first is left to <see cref="MetricReader"/>.</summary>
/// <param name="metric">The file's entry of one objective.</param>
/// <param name="metrics">Its entry of several.</param>
internal sealed class MetricsReader(YamlEntry? metric, YamlEntry? metrics, FaultLog faults)
{
    // The measure of a front takes a power of its size with each.
    private const int Most = 4;

    public static KeyShape Shape { get; } = new KeyShape.List(new KeyShape.Mapping(MetricReader.KeysAmongOthers, ["name", "goal"]));

    private IReadOnlyList<YamlValue> Items => metrics?.Value is YamlValue.Sequence { Items: var items } && metric is null ? items : [];

    private bool AreSeveral => Items.Count > 1;

    /// <summary>The entry of the objective that ranks; null where there is none.</summary>
    public YamlEntry? First()
    {
        if (metrics is null or { Value: YamlValue.Unreadable }) return metric;
        if (metric is not null) faults.Add(metrics.At, "metric and metrics are both given, must be one of them: a list of all objectives, or the only one");
        else if (Items.Count == 0)
            faults.Add(metrics.At, $"metrics is {Written}, must be a list of objectives, as [{{name: val_accuracy, goal: maximize}}]");
        return Items.Count > 0 ? new YamlEntry("metric", metrics.At, Items[0]) : metric;
    }

    /// <summary>Those behind the first.</summary>
    public Objectives Further(MetricReader reader)
    {
        if (!AreSeveral) return Objectives.None;
        if (Items.Count > Most) faults.Add(metrics!.At, $"metrics has {Items.Count} objectives, must have at most {Most}");
        HashSet<Metric> known = [];
        if (IsWhole(Items[0], isFirst: true) && MeantBy((YamlValue.Mapping)Items[0]) is { } first) known.Add(first);
        var further = new List<Objective>();
        foreach (var item in Items.Skip(1))
        {
            if (!IsWhole(item, isFirst: false) || reader.ReadFurther((YamlValue.Mapping)item) is not { } objective) continue;
            if (!known.Add(objective.Metric)) faults.Add(item.At, $"{EnumText.Of(objective.Metric)} is twice in metrics");
            further.Add(objective);
        }
        return new Objectives(further);
    }

    /// <summary>What goes by one objective alone is refused beside several.</summary>
    public void Check(SearchMethod? method, YamlEntry? writtenMethod, YamlEntry? retain)
    {
        if (!AreSeveral) return;
        if (method == SearchMethod.Cmaes)
            faults.Add(writtenMethod!.ValueAt, $"method is cmaes, which goes by one objective, and metrics has {Items.Count}: gp and tpe take several");
        if (retain is not null)
            faults.Add(retain.At, $"retain keeps the best by one objective, and metrics has {Items.Count}: without it all checkpoints are kept");
    }

    private string Written => metrics!.Value is YamlValue.Sequence ? "empty" : $"{metrics.Value}";

    private static Metric? MeantBy(YamlValue.Mapping objective) =>
        objective.Entries.FirstOrDefault(entry => entry.Key == "name")?.Value is YamlValue.Scalar { Text: var name } ? MetricReader.Meant(name) : null;

    // The first is looked at by the reader of a single one as well, which asks for its name.
    private bool IsWhole(YamlValue item, bool isFirst)
    {
        if (item is YamlValue.Unreadable) return false;
        if (item is not YamlValue.Mapping { Entries: var entries })
        {
            if (!isFirst || item is YamlValue.Scalar { IsNull: false })
                faults.Add(item.At, $"an objective of metrics is {item}, must be a mapping with name and goal, as {{name: val_accuracy, goal: maximize}}");
            return false;
        }
        if (!isFirst && !entries.Any(entry => entry.Key == "name"))
            faults.Add(item.At, "an objective of metrics has no name, must have one such as parameter_count");
        if (!entries.Any(entry => entry.Key == "goal")) faults.Add(item.At, "an objective of metrics has no goal, must have one: maximize or minimize");
        return true;
    }
}
