using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>
/// Keras Tuner's hyperparameters: as its <c>get_config()</c> and <c>oracle.json</c> have them, or a dictionary of <c>hp.Float(…)</c> and the like.
/// </summary>
internal sealed class KerasTunerSpace : IForeignFile
{
    private static readonly string[] Kinds = ["Float", "Int", "Choice", "Boolean", "Fixed"];

    public string Kind => "hyperparameters of Keras Tuner";

    public bool Is(YamlValue root) => Space(root).Items().Any(item => IsKind(item.At("class_name")) && item.Has("config"))
        || Dictionary(root).Entries().Any(entry => OfEntry(entry.Value) is not null);

    public void Read(YamlValue root, ForeignSearch search)
    {
        search.Name = root.At("project_name").Text();
        search.Budget("run_cap", root.At("max_trials").Number());
        if ((root.At("objective", "name") ?? root.At("objective")).Text() is { } metric) search.Metric = metric;
        search.Goal = root.At("objective", "direction").Text() switch { "max" => Goal.Maximize, "min" => Goal.Minimize, _ => null };
        if (root.At("seed").Number() is >= 0 and var seed) search.Budgets["seed"] = ForeignTree.Plain(seed);
        foreach (var item in Space(root).Items())
            if (item.At("config", "name").Text() is { } name)
                search.Add(name, Domain(item.At("class_name").Text(), item.At("config")), Condition(item.At("config", "conditions")));
        foreach (var entry in Dictionary(root).Entries())
            if (OfEntry(entry.Value) is { } domain) search.Add(entry.Key, domain);
            else if (entry.Value.Value() is { } value && Space(root) is null) search.Add(entry.Key, new ForeignDomain.Constant(value));
    }

    private static YamlValue? Space(YamlValue root) => root.At("space") ?? root.At("hyperparameters", "space") ?? root.At("config", "space");

    // Written by hand: names over calls, or over what the calls would be given.
    private static YamlValue? Dictionary(YamlValue root) => Space(root) is null ? root.At("hyperparameters") ?? root : null;

    private static bool IsKind(YamlValue? name) => name.Text() is { } text && Kinds.Contains(text);

    private static ForeignDomain? OfEntry(YamlValue value)
    {
        if (value.Text() is { } text)
            return text.StartsWith("hp.", StringComparison.Ordinal) && ForeignCall.Parse(text) is { } call && Kinds.Contains(call.Function)
                ? CallDomains.Of(call) ?? new ForeignDomain.Unknown(value.Words())
                : null;
        if (IsKind(value.At("class_name"))) return Domain(value.At("class_name").Text(), value.At("config") ?? value);
        if (value.Entries() is [var only] && Kinds.Contains(only.Key.Replace("hp.", "", StringComparison.Ordinal)))
            return Domain(only.Key.Replace("hp.", "", StringComparison.Ordinal), only.Value);
        return value.Has("min_value") || (IsKind(value.At("type")) && value.Has("values"))
            ? Domain(value.At("type").Text() ?? (value.At("min_value").Value() is ParameterValue.Whole ? "Int" : "Float"), value)
            : null;
    }

    private static ForeignDomain Domain(string? kind, YamlValue? config)
    {
        var (min, max, step) = (config.At("min_value").Number(), config.At("max_value").Number(), config.At("step").Number());
        var isLog = config.At("sampling").Text() is "log" or "reverse_log";
        return (kind, min, max) switch
        {
            ("Boolean", _, _) => new ForeignDomain.Choices([false, true]),
            ("Fixed", _, _) when config.At("value").Value() is { } value => new ForeignDomain.Constant(value),
            ("Choice", _, _) when (config.At("values") ?? config).Items() is { Count: > 0 } values =>
                new ForeignDomain.Choices([.. values.Select(value => value.Value()).OfType<ParameterValue>()]),
            ("Int" or "Float", { } from, { } to) when step is { } by && !isLog && !(kind == "Int" && by <= 1) => ForeignDomain.Steps(from, to, by),
            ("Int", { } from, { } to) => new ForeignDomain.Range(from, to, isLog, IsWhole: true),
            ("Float", { } from, { } to) => new ForeignDomain.Range(from, to, isLog),
            _ => new ForeignDomain.Unknown(config.Words()),
        };
    }

    private static ForeignCondition? Condition(YamlValue? conditions)
    {
        if (conditions.Items() is not [.., var last] || last.At("config", "name").Text() is not { } parent) return null;
        var values = last.At("config", "values").Items().Select(value => value.Value()).OfType<ParameterValue>().ToList();
        return values.Count > 0 ? new ForeignCondition(parent, values) : null;
    }
}
