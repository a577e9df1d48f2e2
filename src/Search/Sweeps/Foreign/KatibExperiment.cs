using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>Katib's experiment for Kubernetes.</summary>
internal sealed class KatibExperiment : IForeignFile
{
    private static readonly string[] Understood =
        ["objective", "algorithm", "parameters", "maxTrialCount", "parallelTrialCount", "maxFailedTrialCount", "earlyStopping"];

    public string Kind => "an experiment of Katib";

    public bool Is(YamlValue root) =>
        root.At("kind").Text() is "Experiment" && (root.At("apiVersion").Text()?.Contains("kubeflow", StringComparison.Ordinal) == true || root.Has("spec"));

    public void Read(YamlValue root, ForeignSearch search)
    {
        var spec = root.At("spec");
        search.Name = (root.At("metadata", "name") ?? root.At("metadata", "generateName")).Text();
        search.Metric = spec.At("objective", "objectiveMetricName").Text();
        search.Goal = spec.At("objective", "type").Text() switch { "maximize" => Goal.Maximize, "minimize" => Goal.Minimize, _ => null };
        search.Target = spec.At("objective", "goal").Number();
        search.ChooseBy(spec.At("algorithm", "algorithmName").Text());
        search.Budget("run_cap", spec.At("maxTrialCount").Number());
        search.Budget("parallel", spec.At("parallelTrialCount").Number());
        if (spec.At("maxFailedTrialCount").Number() is >= 0 and var failed) search.Budgets["max_failed"] = ForeignTree.Plain(failed);
        if (spec.At("earlyStopping", "algorithmName").Text() is { } stopping) ReadStopping(stopping, search);
        foreach (var setting in spec.At("algorithm", "algorithmSettings").Items())
            if (setting.At("name").Text() is "random_state" && setting.At("value").Number() is >= 0 and var seed)
                search.Budgets["seed"] = ForeignTree.Plain(seed);
        foreach (var parameter in spec.At("parameters").Items())
            if (parameter.At("name").Text() is { } name) search.Add(name, Domain(parameter));
        foreach (var entry in spec.Entries().Where(entry => !Understood.Contains(entry.Key))) search.Missing.Add(entry.Key);
    }

    private static void ReadStopping(string name, ForeignSearch search)
    {
        if (name == "medianstop") search.EarlyTerminate = "median";
        else search.Missing.Add($"earlyStopping by {name}");
    }

    private static ForeignDomain Domain(YamlValue parameter)
    {
        var space = parameter.At("feasibleSpace");
        var isWhole = parameter.At("parameterType").Text() is "int";
        // A number of a list of numbers stands in quotes, as all numbers of Katib do.
        var values = space.At("list").Items().Select(item => item.Text() is { } text ? ForeignTree.Resolve(text) : null).OfType<ParameterValue>().ToList();
        if (values.Count > 0) return new ForeignDomain.Choices(values);
        if (space.At("min").Number() is not { } min || space.At("max").Number() is not { } max) return new ForeignDomain.Unknown(parameter.Words());
        var isLog = space.At("distribution").Text()?.StartsWith("log", StringComparison.OrdinalIgnoreCase) == true;
        if (space.At("step").Number() is > 0 and var step && !isLog && !(isWhole && step == 1)) return ForeignDomain.Steps(min, max, step);
        return new ForeignDomain.Range(min, max, isLog, isWhole);
    }
}
